import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { PathSegment } from './problem';
import type { Finding } from './report';

/** Where something stands in a file, counted from 1. @public */
export interface Position {
  line: number;
  column: number;
}

/** A finding that knows its place because it has no path, or one of its own. @internal */
export interface PlacedFinding {
  finding: Finding;
  position: Position;
}

/** The node at a path, through aliases. @internal */
export function nodeAt(
  document: Document.Parsed,
  at: readonly PathSegment[],
): unknown {
  return at.reduce<unknown>(
    (node, segment) => child(resolve(document, node), segment)?.value,
    document.contents,
  );
}

/** Where the value at a path starts, or the nearest that is written down. @internal */
export function offsetOf(
  document: Document.Parsed,
  at: readonly PathSegment[],
  onKey: boolean,
): number {
  let offset = rangeStart(document.contents) ?? document.range[0];
  let node: unknown = document.contents;
  for (const [index, segment] of at.entries()) {
    const entry = child(resolve(document, node), segment);
    if (!entry) {
      return offset;
    }
    const start = rangeStart(entry.value);
    const last = index === at.length - 1;
    const wantsKey =
      entry.key !== undefined &&
      // What is empty or spreads over lines is better shown by its key.
      ((last && onKey) || start === undefined || isSpread(entry.value));
    offset = (wantsKey ? rangeStart(entry.key) : start) ?? offset;
    node = entry.value;
  }
  return offset;
}

function isSpread(node: unknown): boolean {
  return (
    (isCollection(node) && !node.flow) ||
    (isScalar(node) && node.value === null)
  );
}

/** A map with many keys is asked for many of them, once for each problem. */
const PAIRS = new WeakMap<YAMLMap, Map<string, Pair>>();

function pairsOf(map: YAMLMap): Map<string, Pair> {
  let pairs = PAIRS.get(map);
  if (!pairs) {
    // Of two with one key the first counts: the second is reported.
    pairs = new Map(
      map.items.map(pair => [keyOf(pair), pair] as const).reverse(),
    );
    PAIRS.set(map, pairs);
  }
  return pairs;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function child(
  node: unknown,
  segment: PathSegment,
): { key?: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = pairsOf(node).get(String(segment));
    return pair && { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof segment === 'number') {
    return segment < node.items.length
      ? { value: node.items[segment] }
      : undefined;
  }
  return undefined;
}

function resolve(document: Document.Parsed, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** Where a node starts. @internal */
export function rangeStart(node: unknown): number | undefined {
  const ranged = node as { range?: [number, number, number] | null } | null;
  return ranged?.range?.[0];
}
