import { NotFoundError } from '@backstage/errors';
import { PlanSummary } from '@slipway/plugin-slipway-common';
import {
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import {
  ChangeIntent,
  ChangeIntentStore,
  Skeleton,
} from '../../ports/ChangeIntentStore';
import { WorkQueue } from '../../ports/WorkQueue';

/** After a change is opened, or is about to be merged, its key looks after it in case nobody else does. */
const FOLLOW_DELAY_MS = 5_000;

/**
 * The intents behind the changes that people make here, from before a change is opened until it has ended. Every step
 * is safe to repeat, and finds what a process that died left behind.
 */
export class FollowedIntents {
  constructor(
    private readonly o: {
      host: GitHost;
      intents: ChangeIntentStore;
      queue: WorkQueue;
    },
  ) {}

  /** Records what is meant before the host is told. */
  async begin(meant: {
    repository: RepositoryRef;
    branch: string;
    skeleton?: Skeleton;
    plan: PlanSummary;
  }): Promise<ChangeIntent> {
    const { repository, ...rest } = meant;
    await this.freeBranch(repository, meant.branch);
    return this.o.intents.record({ repositoryUrl: repository.url, ...rest });
  }

  /** The host has opened this change for it. */
  async opened(
    intent: ChangeIntent,
    { url }: RepositoryRef,
    change: HostedChange,
  ): Promise<void> {
    const known = await this.o.intents.forChange(url, change.id);
    if (known && known.id !== intent.id) {
      // A repeated request, which the host answers with the change that it made of the first one.
      await this.o.intents.settle(intent.id, 'dropped');
    } else {
      await this.o.intents.attach(intent.id, change.id);
    }
    await this.o.queue.mark([`change:${change.id}`], {
      delayMs: FOLLOW_DELAY_MS,
    });
  }

  /** Before a merge: whoever dies after it leaves a key and an intent behind that find it. */
  async adopt({ url }: RepositoryRef, change: HostedChange): Promise<void> {
    await this.o.queue.mark([`change:${change.id}`], {
      delayMs: FOLLOW_DELAY_MS,
    });
    if (await this.o.intents.forChange(url, change.id)) return;
    // Whoever died between the opening and its note left an intent that doesn't know its change.
    const pending = await this.o.intents.pending(url, change.branch);
    if (pending && !pending.changeId)
      await this.o.intents.attach(pending.id, change.id);
  }

  /** What is merged or closed no longer holds its branch; what travels with a merge is made by its key. */
  async ended({ url }: RepositoryRef, change: HostedChange): Promise<void> {
    const intent = await this.o.intents.forChange(url, change.id);
    if (intent?.state !== 'pending') return;
    if (change.state === 'merged') await this.o.intents.markMerged(intent.id);
    if (change.state === 'closed')
      await this.o.intents.settle(intent.id, 'dropped');
    await this.o.queue.mark([`change:${change.id}`]);
  }

  /** A change that ended where nobody told us must not lend its intent to the next one on its branch. */
  private async freeBranch(
    repository: RepositoryRef,
    branch: string,
  ): Promise<void> {
    const pending = await this.o.intents.pending(repository.url, branch);
    if (!pending?.changeId) return;
    try {
      await this.ended(
        repository,
        await this.o.host.getChange(repository, pending.changeId),
      );
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      await this.o.intents.settle(pending.id, 'dropped');
    }
  }
}
