import type { WantedRevision } from '../../ports/ReleaseStore';
import type { Blocked } from './moves';
import type { ReleasedWorkload } from './release';

/** A promotion as it would be made now. */
export interface PromotionView {
  from?: string;
  workloads: ReleasedWorkload[];
  blocked?: Blocked;
  /** Of what would be rendered. */
  digest?: string;
  /** Since when the source has run this release, in sync and healthy; undefined where it isn't. */
  healthySince?: Date;
  /** When the release was told of first; undefined where nobody has. */
  toldAt?: Date;
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
  wanted: WantedRevision[];
  rolledBackAt?: Date;
  afterMs: number;
  now: Date;
}): { type: 'now' } | { type: 'later'; inMs?: number } | { type: 'never' } {
  const { view, wanted, rolledBackAt, afterMs, now } = facts;
  const { blocked, healthySince, toldAt, workloads } = view;
  if (blocked)
    return PASSES.includes(blocked.reason)
      ? { type: 'never' }
      : { type: 'later' };
  if (!healthySince) return { type: 'never' };
  // Somebody went back from it; only what was built after that comes by itself.
  if (rolledBackAt && (!toldAt || toldAt <= rolledBackAt))
    return { type: 'never' };
  const isWanted = workloads.every(({ name, revision }) =>
    wanted.some(
      one =>
        one.name === name &&
        one.revision === revision &&
        one.settledAt === undefined,
    ),
  );
  if (isWanted) return { type: 'never' };
  const inMs = healthySince.getTime() + afterMs - now.getTime();
  return inMs > 0 ? { type: 'later', inMs } : { type: 'now' };
}
