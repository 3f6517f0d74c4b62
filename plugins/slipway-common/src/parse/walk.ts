import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { rangeStart, type PlacedFinding, type Position } from './positions';
import type { PathSegment, ProblemCode } from './problem';
import type { Finding } from './report';

/** The deepest nesting that is read; the deepest field of ours is at 10. */
const MAX_DEPTH = 64;

/** As many values as the aliases of a document may stand for together. */
const MAX_ALIASED = 10_000;

const ONCE = new Set<ProblemCode>(['alias', 'too-deep']);

/**
 * Looks at every node once: keys, depth, and what aliases would become when
 * they are written out. A document that would explode is not written out.
 *
 * @internal
 */
export class Walk {
  readonly findings: PlacedFinding[] = [];
  /** Whether the document can't or must not be turned into plain values. */
  unreadable = false;
  readonly #sizes = new Map<Node, number>();
  readonly #told = new Set<ProblemCode>();
  #aliases = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly positionAt: (offset: number) => Position,
  ) {}

  /** Answers how many nodes there would be when aliases are written out. */
  visit(node: unknown, at: PathSegment[], above: Node[]): number {
    if (at.length > MAX_DEPTH) {
      this.unreadable = true;
      this.#add(node, tooDeep(at.slice(0, MAX_DEPTH)));
      return 1;
    }
    if (isAlias(node)) {
      return this.#visitAlias(node, at, above);
    }
    if (!isCollection(node)) {
      return 1;
    }
    const inside = [...above, node];
    let size = 1;
    if (isMap(node)) {
      const seen = new Set<string>();
      for (const pair of node.items) {
        const key = this.#visitKey(pair, at, seen);
        size += this.visit(pair.value, [...at, key], inside);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        // A pair in a list is a map with one entry, written short.
        const value = isPair(item) ? item.value : item;
        size += this.visit(value, [...at, index], inside);
      });
    }
    this.#sizes.set(node, size);
    return size;
  }

  #visitAlias(
    alias: Node & { source: string; resolve(document: Document): unknown },
    at: PathSegment[],
    above: Node[],
  ): number {
    const target = alias.resolve(this.document) as Node | undefined;
    if (!target) {
      this.unreadable = true;
      this.#add(alias, {
        at,
        code: 'alias',
        message: 'the alias refers to no anchor that stands before it',
        hint: 'put the value in quotes if it is text that starts with a star',
      });
      return 1;
    }
    if (above.includes(target)) {
      this.#add(alias, {
        at,
        code: 'alias',
        message: 'the alias stands inside of what it refers to',
        hint: 'write the value out',
      });
      this.unreadable = true;
      return 1;
    }
    const size = this.#sizes.get(target) ?? 1;
    this.#aliases += size;
    if (this.#aliases > MAX_ALIASED) {
      this.unreadable = true;
      this.#add(alias, {
        at,
        code: 'alias',
        message: 'the aliases of the file add up to too much',
        found: `more than ${MAX_ALIASED} values`,
        allowed: `at most ${MAX_ALIASED} values through aliases`,
        hint: 'write the values out',
      });
    }
    return size;
  }

  #visitKey(pair: Pair, at: PathSegment[], seen: Set<string>): string {
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    const name = typeof key === 'string' ? key : String(key);
    if (typeof key !== 'string' || name === '__proto__') {
      this.unreadable ||= isCollection(pair.key);
      this.#add(pair.key ?? pair.value, {
        at: [...at, name],
        onKey: true,
        code: 'key-type',
        message: 'a key must be text',
        found: isScalar(pair.key) ? typeName(key) : 'a list or map',
        allowed: 'the name of a field',
        ...(isScalar(pair.key) && { hint: 'put the key in quotes' }),
      });
    }
    if (seen.has(name)) {
      this.#add(pair.key, {
        at: [...at, name],
        onKey: true,
        code: 'duplicate-key',
        message: 'the key stands twice in the same map',
        allowed: 'each key once',
        hint: 'take one of them out, or join what they say',
      });
    }
    seen.add(name);
    return name;
  }

  #add(node: unknown, finding: Finding) {
    // One that explodes does so at every alias; the first says it all.
    const told = ONCE.has(finding.code) && this.#told.has(finding.code);
    this.#told.add(finding.code);
    if (!told) {
      this.findings.push({
        finding,
        position: this.positionAt(rangeStart(node) ?? 0),
      });
    }
  }
}

/** @internal */
export function tooDeep(at: PathSegment[]): Finding {
  return {
    at,
    code: 'too-deep',
    message: 'the file is nested too deeply to be read',
    allowed: `at most ${MAX_DEPTH} levels`,
  };
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) {
    return 'an empty key';
  }
  return value === '__proto__' ? 'a reserved name' : `a ${typeof value}`;
}
