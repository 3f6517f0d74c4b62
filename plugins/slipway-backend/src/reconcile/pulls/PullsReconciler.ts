import type { LoggerService } from '@backstage/backend-plugin-api';
import type { HostedChange, RepositoryRef } from '@slipway/plugin-slipway-node';
import { redact } from '../../domain/redact';
import { LeaseLostError } from '../../ports/LeaseLostError';
import {
  type ObservedPullRequests,
  type PullRequestReport,
  type PullRequests,
  pullsKey,
} from '../../ports/PullRequests';
import type { Outcome, WorkQueue } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';

/** A repository whose pull requests are looked at. */
export interface PulledRepository {
  /** Behind the colon of its key. */
  id: string;
  repository: RepositoryRef;
  /** What a merge of the change as it stands would do. */
  report(change: HostedChange): Promise<PullRequestReport>;
  /** Keys that wait for whatever ended. */
  keysAfterEnd: string[];
}

interface Options {
  pulls: PullRequests;
  repositories: PulledRepository[];
  queue: WorkQueue;
  /** How often the host is asked when it tells nothing by itself. */
  pollMs: number;
  /** Open pages look anew. */
  changed(ids: string[]): void;
  logger: LoggerService;
}

/**
 * Key `pulls:<repository>`: the pull requests of a repository at its Git host. Whoever opens, updates, merges or closes
 * one there gets the same road as in the portal: it is recorded, planned, told in one comment and one check.
 */
export class PullsReconciler implements Reconciler {
  readonly prefix = 'pulls';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const again: Outcome = { type: 'requeue', afterMs: this.o.pollMs };
    const it = this.o.repositories.find(
      ({ id }) => pullsKey(id) === context.key,
    );
    if (!it) return { type: 'done' };
    let observed: ObservedPullRequests | undefined;
    const isLookedAt = await this.tried(
      context,
      'The pull requests can’t be looked at; it is tried again',
      async () => {
        observed = await context.step('observe', () =>
          this.o.pulls.observe(it.repository),
        );
      },
    );
    if (!isLookedAt) return again;
    if (!observed) return { type: 'done' };
    const { open, ended, ignored } = observed;
    if (ended.length > 0) {
      await this.o.queue.mark([
        ...ended.map(({ id }) => `change:${id}`),
        ...it.keysAfterEnd,
      ]);
      this.o.changed(ended.map(({ id }) => id));
    }
    for (const change of open) {
      await this.tried(context, untold(change.number), async () => {
        const report = await it.report(change);
        await context.step('tell', () => this.o.pulls.tell(change, report));
      });
    }
    for (const { number, headCommit, reason } of ignored) {
      await this.tried(context, untold(number), () =>
        context.step('refuse', () =>
          this.o.pulls.refuse(it.repository, headCommit, reason),
        ),
      );
    }
    return again;
  }

  /**
   * A host that is down is asked again at the next poll, for as long as it takes; and one pull request that can't be
   * spoken to keeps no other waiting.
   */
  private async tried(
    context: ReconcileContext,
    problem: string,
    act: () => Promise<void>,
  ): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      // A lost lease or a shutdown says nothing about the host.
      if (error instanceof LeaseLostError || context.signal.aborted)
        throw error;
      const message = error instanceof Error ? error.message : String(error);
      this.o.logger.warn(`${problem}: ${redact(message)}`);
      return false;
    }
  }
}

function untold(number: number): string {
  return `Pull request #${number} could not be told its plan`;
}
