import { FieldNode, fieldTree, isMap, ownersAt } from './fieldTree';
import { foreignFields } from './foreign';
import { isIgnored } from './ignored';
import { pairItems } from './lists';
import { latest, ownerIn } from './owners';
import { field, Found, Place, ROOT } from './place';
import type { Comparison, FieldDrift } from './types';

/** Stands for values that nobody may see. */
const HIDDEN = '(hidden)';

class Walk {
  readonly found: Found[] = [];

  constructor(
    private readonly c: Comparison,
    readonly live: FieldNode,
    readonly applied: FieldNode,
  ) {}

  visit(at: Place, live: unknown, applied: unknown, wanted: unknown): void {
    if (isIgnored(at.segments, this.c.live, wanted !== undefined)) return;
    if (same(live, applied)) return;
    const [left, right] = openMaps(at, live, applied);
    if (isMap(left) && isMap(right)) {
      for (const name of union(left, right)) {
        const inner = isMap(wanted) ? wanted[name] : undefined;
        this.visit(field(at, name), left[name], right[name], inner);
      }
      return;
    }
    const pairs =
      Array.isArray(live) && Array.isArray(applied)
        ? pairItems(at, live, applied, wanted, [this.live, this.applied])
        : undefined;
    if (!pairs) {
      // Nobody took away what Git never asked for: admission would add it now, and did not when this was applied.
      if (live === undefined && wanted === undefined) return;
      this.report(at, live, applied);
      return;
    }
    for (const pair of pairs)
      this.visit(pair.at, pair.live, pair.applied, pair.wanted);
  }

  private report(at: Place, live: unknown, applied: unknown): void {
    const { allowed, applier } = this.c;
    const owners = live === undefined ? [] : ownersAt(this.live, at.keys);
    const strangers = owners.filter(
      ({ manager }) => manager !== applier && !allowed(manager),
    );
    // An autoscaler's field, although Git sets it; or what the applier itself set from another commit, which is on its way.
    if (strangers.length === 0 && owners.length > 0) return;
    const owner = latest(strangers);
    this.found.push({
      place: at,
      drift: {
        path: at.path,
        segments: at.segments,
        ...(applied !== undefined && { wanted: applied }),
        ...(live !== undefined && { found: live }),
        why: 'changed',
        ...ownerIn(owner),
      },
    });
  }
}

/**
 * What of an object is not as agreed: what an apply would change, and what is owned by somebody whom nobody allowed.
 * Defaults are in both `live` and `applied`, so they never show.
 */
export function driftOf(comparison: Comparison): FieldDrift[] {
  const { live, applied, wanted } = comparison;
  const walk = new Walk(comparison, fieldTree(live), fieldTree(applied));
  walk.visit(ROOT, live, applied, wanted);
  const changed = walk.found;
  const foreign = foreignFields(comparison, walk.live, walk.applied).filter(
    ({ place }) => !changed.some(other => overlaps(other.place, place)),
  );
  return [...changed, ...foreign]
    .map(({ drift }) => (live.kind === 'Secret' ? hide(drift) : drift))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Labels and annotations are judged one by one, also where one side has none at all. */
function openMaps(at: Place, live: unknown, applied: unknown) {
  const name = at.segments.at(-1);
  if (name !== 'labels' && name !== 'annotations') return [live, applied];
  return [live ?? {}, applied ?? {}];
}

function union(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function overlaps(a: Place, b: Place): boolean {
  const [short, long] =
    a.keys.length <= b.keys.length ? [a.keys, b.keys] : [b.keys, a.keys];
  return short.every((key, index) => long[index] === key);
}

function hide(drift: FieldDrift): FieldDrift {
  const [first] = drift.segments;
  // The note of a client-side apply holds the whole object.
  const secret =
    first === 'data' ||
    first === 'stringData' ||
    drift.path.includes('last-applied');
  if (!secret) return drift;
  return {
    ...drift,
    ...('wanted' in drift && { wanted: HIDDEN }),
    ...('found' in drift && { found: HIDDEN }),
  };
}

/** Whether two values are the same, whatever the order of their fields. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => same(value, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => key in b && same(a[key], b[key]))
  );
}
