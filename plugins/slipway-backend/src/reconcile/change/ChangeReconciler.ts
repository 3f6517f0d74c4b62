import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  GitAuthor,
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { redact } from '../../domain/redact';
import { ChangeIntentStore } from '../../ports/ChangeIntentStore';
import { LeaseLostError } from '../../ports/LeaseLostError';
import { Outcome } from '../../ports/WorkQueue';
import { Reconciler, ReconcileContext, TerminalError } from '../engine';

/** A process that ended right behind the first commit is followed before people have pushed so many. */
const PUSHED_SINCE = 100;

interface Options {
  host: GitHost;
  repository: RepositoryRef;
  intents: ChangeIntentStore;
  gitAuthor: GitAuthor;
  /** How often an open change is looked at: it may be merged where the portal doesn't see it. */
  pollMs: number;
  logger: LoggerService;
}

/**
 * Key `change:<id>`: what travels with a change request. After the merge the skeleton becomes the first commit of the
 * new code repository; a change that is closed leaves nothing behind.
 */
export class ChangeReconciler implements Reconciler {
  readonly prefix = 'change';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const id = context.key.slice('change:'.length);
    const intent = await this.o.intents.forChange(this.o.repository.url, id);
    if (!intent || (intent.state !== 'pending' && intent.state !== 'merged'))
      return { type: 'done' };
    const change = await this.change(id);
    if (intent.state === 'pending') {
      if (change?.state === 'open')
        return { type: 'requeue', afterMs: this.o.pollMs };
      if (change?.state !== 'merged') {
        await context.step('drop', () =>
          this.o.intents.settle(intent.id, 'dropped'),
        );
        return { type: 'done' };
      }
      // From here on its branch is free for another change, however long the skeleton takes.
      await context.step('mark-merged', () =>
        this.o.intents.markMerged(intent.id),
      );
    }
    const { skeleton } = intent;
    if (skeleton) {
      try {
        const message = `${change?.title ?? intent.branch}\n\nThe first commit of a new service, from its template.`;
        const made = await context.step('skeleton', () =>
          this.o.host.ensureRepository({
            repository: skeleton.repository,
            files: skeleton.files,
            message,
            gitAuthor: this.o.gitAuthor,
          }),
        );
        if (made.created) {
          this.o.logger.info(
            `Made the code repository ${redact(skeleton.repository.url)} at ${made.commit}`,
          );
        } else {
          await this.assertOurs(skeleton.repository, message, id);
        }
      } catch (error) {
        if (error instanceof LeaseLostError || context.signal.aborted)
          throw error;
        await this.o.intents.recordFailure(
          intent.id,
          redact((error as Error).message),
        );
        throw error;
      }
    }
    await context.step('settle', () =>
      this.o.intents.settle(intent.id, 'done'),
    );
    return { type: 'done' };
  }

  /** A repository that was there before may be what an earlier run of this made; else its name is taken. */
  private async assertOurs(
    repository: RepositoryRef,
    message: string,
    id: string,
  ): Promise<void> {
    const commits = await this.o.host.log(repository, { limit: PUSHED_SINCE });
    if (commits.some(commit => commit.message.trim() === message)) return;
    throw new TerminalError(
      `The name is taken: ${redact(repository.url)} has commits of its own, so the skeleton was not pushed into it. ` +
        `Onboard that repository as it is, or move it away and replay change:${id} on the operations page.`,
    );
  }

  /** The change at its host; undefined when the host no longer has it. */
  private async change(id: string): Promise<HostedChange | undefined> {
    try {
      return await this.o.host.getChange(this.o.repository, id);
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}
