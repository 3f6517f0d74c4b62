import {
  type Episode,
  type EpisodeKind,
  standings,
} from '../../domain/episodes';
import type { PlatformState } from '../../domain/platform/PlatformState';
import type { DriftGlance } from '../../ports/DriftStore';
import type {
  EnvironmentRecord,
  EnvironmentStore,
} from '../../ports/EnvironmentStore';
import type { EpisodeStore } from '../../ports/EpisodeStore';
import type { Notifier } from '../../ports/Notifier';
import type { Outcome } from '../../ports/WorkQueue';
import type { ReconcileContext, Reconciler } from '../engine';
import { endedNotice, type NoticeOf, standingNotice } from './notice';
import { recipientsOf } from './recipients';

interface Options {
  environments: Pick<EnvironmentStore, 'get'>;
  drifts: { glances(environments: string[]): Promise<DriftGlance[]> };
  episodes: EpisodeStore;
  states: { current(): Promise<PlatformState> };
  /** Absent where nobody is to be told anything; what is left of the time before is forgotten. */
  notifier: Notifier | undefined;
  /** What is told; nothing else begins an episode. */
  events: readonly EpisodeKind[];
  /** How long it has to last before anybody is told: what heals by itself disturbs nobody. */
  delayMs: number;
}

/** What one run knows. */
interface Seen {
  record: EnvironmentRecord | undefined;
  drift: DriftGlance | undefined;
  state: PlatformState;
}

/**
 * Key `notification:<org>/<service>/<name>`: tells people what wants them, once an episode, and replaces it when the
 * episode is over. The key is marked in the transaction that records a transition, so none is lost; a message goes out
 * under the id of its episode, so that one which is sent again after a stop replaces itself.
 */
export class NotificationReconciler implements Reconciler {
  readonly prefix = 'notification';

  constructor(private readonly o: Options) {}

  async reconcile(context: ReconcileContext): Promise<Outcome> {
    const key = context.key.slice('notification:'.length);
    const [record, [drift], state] = await Promise.all([
      this.o.environments.get(key),
      this.o.drifts.glances([key]),
      this.o.states.current(),
    ]);
    const seen = { record, drift, state };
    const { notifier } = this.o;
    if (!notifier) return this.forget(context, key);
    await this.follow(context, key, seen);
    let waitMs: number | undefined;
    for (const episode of await this.o.episodes.list(key)) {
      if (episode.endedAt) {
        await this.settle(context, episode, seen);
      } else if (!episode.toldAt) {
        const ms = this.dueInMs(episode, context.now);
        if (ms <= 0) await this.tell(context, episode, seen);
        else waitMs = Math.min(ms, waitMs ?? ms);
      }
    }
    return waitMs === undefined
      ? { type: 'done' }
      : { type: 'requeue', afterMs: waitMs };
  }

  private async forget(
    context: ReconcileContext,
    key: string,
  ): Promise<Outcome> {
    for (const { id } of await this.o.episodes.list(key))
      await context.step('forget', () => this.o.episodes.remove(id));
    return { type: 'done' };
  }

  /** Begins and ends episodes by what stands now. */
  private async follow(
    context: ReconcileContext,
    key: string,
    { record, drift }: Seen,
  ): Promise<void> {
    const now = standings({
      conditions: record?.conditions,
      drift: drift?.state,
    });
    const open = (await this.o.episodes.list(key)).filter(
      ({ endedAt }) => !endedAt,
    );
    for (const { id, kind } of open) {
      const standing = now[kind];
      if (standing === 'stands' || standing === 'unsure') continue;
      await context.step('end', () => this.o.episodes.end(id, standing));
    }
    for (const kind of this.o.events) {
      const known = open.some(episode => episode.kind === kind);
      if (now[kind] === 'stands' && !known)
        await context.step('begin', () => this.o.episodes.begin(key, kind));
    }
  }

  private async tell(
    context: ReconcileContext,
    episode: Episode,
    seen: Seen,
  ): Promise<void> {
    const { episodes } = this.o;
    await context.step('intend', () => episodes.markTelling(episode.id));
    await this.send(context, standingNotice(noticeOf(episode, seen)));
    await context.step('told', () => episodes.markTold(episode.id));
  }

  /** Whether it was sent is not always known after a stop; what may have been is taken back. */
  private async settle(
    context: ReconcileContext,
    episode: Episode,
    seen: Seen,
  ): Promise<void> {
    if (episode.tellingAt) {
      const of = noticeOf(episode, seen);
      // Who waited for an approval hears of it beside those who gave it.
      const also =
        episode.outcome === 'approved'
          ? recipientsOf('failed', episode.environment, seen.record, seen.state)
          : [];
      const recipients = [...new Set([...of.recipients, ...also])];
      await this.send(context, endedNotice({ ...of, recipients }));
    }
    await context.step('settle', () => this.o.episodes.remove(episode.id));
  }

  private async send(
    context: ReconcileContext,
    notice: ReturnType<typeof standingNotice>,
  ): Promise<void> {
    if (notice.recipients.length === 0) return;
    await context.step('send', () => this.o.notifier!.send(notice));
  }

  /** Somebody who is waited for is told at once. */
  private dueInMs({ kind, beganAt }: Episode, now: Date): number {
    const delayMs = kind === 'approval' ? 0 : this.o.delayMs;
    return beganAt.getTime() + delayMs - now.getTime();
  }
}

function noticeOf(episode: Episode, { record, drift, state }: Seen): NoticeOf {
  return {
    episode,
    record,
    ...(drift && {
      drift: {
        state: drift.state,
        objects: drift.objects,
        fields: drift.fields,
        ...(drift.since && { since: drift.since.toISOString() }),
      },
    }),
    recipients: recipientsOf(episode.kind, episode.environment, record, state),
  };
}
