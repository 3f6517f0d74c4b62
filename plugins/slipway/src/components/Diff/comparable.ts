import { parse, stringify } from 'yaml';

type Json = unknown;

const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Items of Kubernetes' lists have a name where they have any identity. */
const nameOf = (item: Json): string | undefined =>
  isRecord(item) && typeof item.name === 'string' ? item.name : undefined;

/**
 * The part of `live` that `wanted` speaks about, in the order of `wanted`. What only the cluster has in a record is
 * left out: status, defaults, bookkeeping. What it has more of in a list stays, as nobody defaults an item.
 */
function prune(live: Json, wanted: Json): Json {
  if (isRecord(live) && isRecord(wanted)) {
    return Object.fromEntries(
      Object.keys(wanted)
        .filter(key => key in live)
        .map(key => [key, prune(live[key], wanted[key])]),
    );
  }
  if (Array.isArray(live) && Array.isArray(wanted)) {
    const named = live.every(item => nameOf(item) !== undefined);
    const partner = (item: Json, index: number) =>
      named
        ? wanted.find(other => nameOf(other) === nameOf(item))
        : wanted[index];
    const rank = (item: Json) => {
      const index = wanted.findIndex(other => nameOf(other) === nameOf(item));
      return index < 0 ? wanted.length : index;
    };
    const ordered = named ? [...live].sort((a, b) => rank(a) - rank(b)) : live;
    return ordered.map((item, index) => prune(item, partner(item, index)));
  }
  return live;
}

const write = (value: Json): string => stringify(value, { lineWidth: 0 });

/**
 * Two YAML documents as they can be compared line by line: the same order and style, and of the live one only what the
 * wanted one speaks about.
 *
 * @internal
 */
export function comparable(
  wanted: string,
  live: string,
): { wanted: string; live: string } {
  try {
    const agreed: Json = parse(wanted);
    return { wanted: write(agreed), live: write(prune(parse(live), agreed)) };
  } catch {
    // What isn't YAML is still text.
    return { wanted, live };
  }
}
