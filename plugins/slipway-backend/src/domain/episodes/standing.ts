import {
  road,
  type Condition,
  type StationState,
} from '@slipway/plugin-slipway-common';
import type { EpisodeKind, EpisodeOutcome } from './episode';

/** Whether something stands now; `unsure` neither begins an episode nor ends one. */
export type Standing = 'stands' | 'unsure' | EpisodeOutcome;

/** What episodes are judged by. */
export interface Judged {
  /** Undefined when the environment is gone. */
  conditions: Condition[] | undefined;
  drift?: 'none' | 'drifted' | 'unknown';
}

/**
 * Judges each kind. A container that keeps stopping starts in between, and a cluster that is away says nothing: what is
 * on its way or not known leaves an episode as it is, so that one trouble is told once.
 */
export function standings(seen: Judged): Record<EpisodeKind, Standing> {
  const { conditions } = seen;
  if (!conditions) {
    return { failed: 'removed', drifted: 'removed', approval: 'removed' };
  }
  const stations = road(conditions);
  const [declared] = stations;
  const stopped = stations.some(({ state }) => state === 'stopped');
  if (!stopped && isLeaving(declared.state, declared.condition)) {
    return { failed: 'removed', drifted: 'removed', approval: 'removed' };
  }
  return {
    failed: failed(stations.map(({ state }) => state)),
    drifted: { drifted: 'stands', none: 'over', unknown: 'unsure' }[
      seen.drift ?? 'unknown'
    ] as Standing,
    approval: approval(conditions.find(({ type }) => type === 'Approved')),
  };
}

function isLeaving(
  state: StationState,
  condition: Condition | undefined,
): boolean {
  return condition?.status === 'False' && state !== 'stopped';
}

function failed(states: StationState[]): Standing {
  if (states.includes('stopped')) return 'stands';
  const open = states.filter(state => state !== 'done' && state !== 'ahead');
  const settled = open.every(state => state === 'waiting');
  // A road on which nobody has walked yet says nothing.
  return settled && states[0] !== 'ahead' ? 'over' : 'unsure';
}

function approval(condition: Condition | undefined): Standing {
  if (condition?.reason === 'ApprovalWanted') return 'stands';
  if (condition?.status !== 'True') return 'unsure';
  return condition.reason === 'Approved' ? 'approved' : 'over';
}
