import type { Release } from '@slipway/plugin-slipway-common';
import type {
  AskedMove,
  ReleaseRecord,
  WantedRevision,
} from '../../ports/ReleaseStore';
import type { Blocked } from './moves';
import { orderOf, toldOf } from './order';
import { type ReleasedWorkload, runs } from './release';

/** A promotion as it would be made now. */
export interface PromotionView {
  from?: string;
  workloads: ReleasedWorkload[];
  blocked?: Blocked;
  /** Of what would be rendered. */
  digest?: string;
  /** Since when the source has run this release, in sync and healthy; undefined where it isn't. */
  healthySince?: Date;
  /** What Git says that the target runs. */
  running: Release;
  /** Releases of the service, as they were told of. */
  known: ReleaseRecord[];
}

/** What ends by itself, and is told to this key when it does. */
const PASSES: ReadonlyArray<Blocked['reason']> = [
  'NoSource',
  'NothingToPromote',
  'SourceNotHealthy',
  'SourceOnItsWay',
  'SameRelease',
];

/** When a release is promoted by itself. Pure. */
export function whenPromoted(facts: {
  view: PromotionView;
  /** What the target was asked for last. */
  wanted: WantedRevision[];
  /** What a change request is to bring to the target, and Git doesn't say yet. */
  asked?: AskedMove;
  afterMs: number;
  now: Date;
}): { type: 'now' } | { type: 'later'; inMs?: number } | { type: 'never' } {
  const { view, wanted, asked, afterMs, now } = facts;
  const { blocked, healthySince, running, workloads } = view;
  if (blocked)
    return PASSES.includes(blocked.reason)
      ? { type: 'never' }
      : { type: 'later' };
  if (!healthySince) return { type: 'never' };
  const moving = workloads
    .filter(workload => !runs(running, [workload]))
    .map(workload => ({
      workload,
      last: wanted.find(({ name }) => name === workload.name),
    }));
  const isOnItsWay = moving.every(
    ({ workload, last }) =>
      last !== undefined &&
      last.settledAt === undefined &&
      last.revision === workload.revision &&
      last.digest === workload.digest,
  );
  if (isOnItsWay || !isNewer(moving, view, asked)) return { type: 'never' };
  const inMs = healthySince.getTime() + afterMs - now.getTime();
  return inMs > 0 ? { type: 'later', inMs } : { type: 'now' };
}

/**
 * Whether something in it is newer than what somebody went back from: by a rollback, or in Git, which then says
 * something else than was asked for last. Workloads that are healthy together go together, so one is enough.
 */
function isNewer(
  moving: Array<{ workload: ReleasedWorkload; last?: WantedRevision }>,
  { running, known }: PromotionView,
  asked: AskedMove | undefined,
): boolean {
  const rolledBack = [
    ...(asked?.origin === 'rollback' ? [asked.askedAt] : []),
    ...moving.flatMap(({ last }) =>
      last?.origin === 'rollback' ? [last.orderedAt] : [],
    ),
  ].map(time => time.getTime());
  const rolledBackAt = Math.max(...rolledBack);
  return moving.some(({ workload, last }) => {
    if (rolledBack.length > 0) {
      const told = toldOf(known, workload)?.getTime();
      if (told === undefined || told <= rolledBackAt) return false;
    }
    const isRevertedInGit =
      last?.settledAt !== undefined &&
      last.origin !== 'rollback' &&
      !runs(running, [last]);
    if (!isRevertedInGit) return true;
    const ours = orderOf(known, workload);
    return (
      ours !== undefined && ours > (orderOf(known, last) ?? last.orderedAt)
    );
  });
}
