import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { GitAuthor, GitHost, HostedChange, RepositoryRef } from '@slipway/plugin-slipway-node';
import { redact } from '../../domain/redact';
import { ChangeIntentStore } from '../../ports/ChangeIntentStore';
import { Outcome } from '../../ports/WorkQueue';
import { Reconciler, ReconcileContext } from '../engine';

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
    if (!intent || intent.state !== 'pending') return { type: 'done' };
    let change: HostedChange;
    try {
      change = await this.o.host.getChange(this.o.repository, id);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      await this.o.intents.settle(intent.id, 'dropped');
      return { type: 'done' };
    }
    if (change.state === 'open') return { type: 'requeue', afterMs: this.o.pollMs };
    if (change.state === 'closed') {
      await context.step('drop', () => this.o.intents.settle(intent.id, 'dropped'));
      return { type: 'done' };
    }
    const { skeleton } = intent;
    if (skeleton) {
      try {
        const made = await context.step('skeleton', () =>
          this.o.host.ensureRepository({
            repository: skeleton.repository,
            files: skeleton.files,
            message: `${change.title}\n\nThe first commit of a new service, from its template.`,
            gitAuthor: this.o.gitAuthor,
          }),
        );
        if (made.created) {
          this.o.logger.info(`Made the code repository ${redact(skeleton.repository.url)} at ${made.commit}`);
        }
      } catch (error) {
        await this.o.intents.recordFailure(intent.id, redact((error as Error).message));
        throw error;
      }
    }
    await context.step('settle', () => this.o.intents.settle(intent.id, 'done'));
    return { type: 'done' };
  }
}
