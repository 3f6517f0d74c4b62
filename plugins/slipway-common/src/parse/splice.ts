import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { editValue, type PlainEdit } from './plainEdit';
import { nodeAt, rangeStart } from './positions';
import type { PathSegment } from './problem';
import { toYaml } from './stringify';

class Splicer {
  constructor(
    private readonly text: string,
    private readonly newline: string,
    private readonly document: Document.Parsed,
  ) {}

  apply(edit: PlainEdit, order: readonly string[]): string | undefined {
    const { path, op } = edit;
    if (op === 'append') {
      const list = nodeAt(this.document, path);
      return isSeq(list) && !list.flow && list.items.length > 0
        ? this.#appendItem(list, edit.value)
        : this.#rewrite(
            path,
            editValue(this.#plain(list), { ...edit, path: [] }),
            order,
          );
    }
    const parentPath = path.slice(0, -1);
    const parent = nodeAt(this.document, parentPath);
    const segment = path[path.length - 1];
    if (!isCollection(parent) || parent.flow || parent.items.length === 0) {
      return this.#rewrite(
        parentPath,
        editValue(this.#plain(parent), { ...edit, path: [segment] }),
        order,
      );
    }
    if (op === 'delete') {
      return parent.items.length === 1
        ? this.#rewrite(parentPath, isMap(parent) ? {} : [], order)
        : this.#deleteEntry(parent, segment);
    }
    const node = nodeAt(this.document, path);
    if (isScalar(node) && !this.#isBlockScalar(node) && !isObject(edit.value)) {
      return this.#replaceScalar(node, edit.value);
    }
    if (isMap(parent)) {
      const pair = pairOf(parent, segment);
      return pair
        ? this.#replacePair(pair, edit.value)
        : this.#insertPair(parent, String(segment), edit.value, order);
    }
    return this.#replaceItem(parent as YAMLSeq, Number(segment), edit.value);
  }

  /** Writes a value anew where it stands: what was in it was small or in one line. */
  #rewrite(
    path: readonly PathSegment[],
    value: unknown,
    order: readonly string[],
  ): string | undefined {
    const node = nodeAt(this.document, path);
    if (isCollection(node) && node.flow && node.items.length > 0) {
      const [start, end] = node.range ?? [];
      const old = this.text.slice(start, end);
      // A comment would be lost, and lines somebody broke on purpose as well.
      return start === undefined || end === undefined || /[#\n]/.test(old)
        ? undefined
        : this.#splice(start, end, toYaml(value, true).trimEnd());
    }
    return path.length === 0
      ? undefined
      : this.apply({ path, op: 'set', value }, order);
  }

  #replaceScalar(
    node: {
      range?: [number, number, number] | null;
      type?: string;
      anchor?: string;
      tag?: string;
    },
    value: unknown,
  ): string | undefined {
    const [start, end] = node.range ?? [];
    if (start === undefined || end === undefined || node.anchor || node.tag) {
      return undefined;
    }
    const written = toYaml(value).trimEnd();
    if (written.includes('\n')) {
      return undefined;
    }
    const quoted = inQuotes(value, node.type) ?? written;
    // `key:` is followed by its value at once.
    const space =
      start === end && !/\s$/.test(this.text.slice(0, start)) ? ' ' : '';
    return this.#splice(start, end, space + quoted);
  }

  #replacePair(pair: Pair, value: unknown): string | undefined {
    const start = rangeStart(pair.key);
    if (start === undefined) {
      return undefined;
    }
    const key = String((pair.key as { value: unknown }).value);
    return this.#splice(
      start,
      this.#endOf(pair),
      this.#written({ [key]: value }, start),
    );
  }

  #replaceItem(
    list: YAMLSeq,
    index: number,
    value: unknown,
  ): string | undefined {
    const item = list.items[index];
    const start = this.#dashOf(item);
    return start === undefined
      ? undefined
      : this.#splice(start, this.#endOf(item), this.#written([value], start));
  }

  #insertPair(
    map: YAMLMap,
    key: string,
    value: unknown,
    order: readonly string[],
  ): string | undefined {
    const rank = order.indexOf(key);
    const before = map.items.filter(pair => {
      const other = order.indexOf(
        String((pair.key as { value: unknown }).value),
      );
      return rank < 0 || (other >= 0 && other < rank);
    });
    const first = rangeStart(map.items[0].key);
    if (first === undefined) {
      return undefined;
    }
    const written = this.#written({ [key]: value }, first);
    const indent = ' '.repeat(this.#column(first));
    const after = before[before.length - 1];
    if (!after) {
      return this.#splice(first, first, `${written}${this.newline}${indent}`);
    }
    const end = this.#lineEnd(this.#endOf(after));
    return this.#splice(end, end, `${this.newline}${indent}${written}`);
  }

  #appendItem(list: YAMLSeq, value: unknown): string | undefined {
    const last = list.items[list.items.length - 1];
    const dash = this.#dashOf(last);
    if (dash === undefined) {
      return undefined;
    }
    const end = this.#lineEnd(this.#endOf(last));
    const indent = ' '.repeat(this.#column(dash));
    return this.#splice(
      end,
      end,
      `${this.newline}${indent}${this.#written([value], dash)}`,
    );
  }

  #deleteEntry(
    parent: YAMLMap | YAMLSeq,
    segment: PathSegment,
  ): string | undefined {
    const index = isMap(parent)
      ? parent.items.findIndex(pair => pair === pairOf(parent, segment))
      : Number(segment);
    const entry = parent.items[index];
    const start = this.#startOf(entry);
    if (start === undefined) {
      return undefined;
    }
    const lineStart = this.text.lastIndexOf('\n', start - 1) + 1;
    if (this.text.slice(lineStart, start).trim() !== '') {
      // It shares its line with the dash of a list: the next one moves up.
      const next = this.#startOf(parent.items[index + 1]);
      return next === undefined ? undefined : this.#splice(start, next, '');
    }
    const end = this.#lineEnd(this.#endOf(entry));
    const from = this.#withComments(lineStart, this.#column(start));
    const to = end < this.text.length ? end + this.newline.length : end;
    return this.#splice(from, to, '');
  }

  /** Comment lines right above an entry, indented as it is, are about it. */
  #withComments(lineStart: number, column: number): number {
    let from = lineStart;
    while (from > 0) {
      const above = this.text.lastIndexOf('\n', from - 2) + 1;
      const line = this.text.slice(above, from);
      if (!line.trimStart().startsWith('#') || line.search(/\S/) !== column) {
        break;
      }
      from = above;
    }
    return from;
  }

  #startOf(entry: unknown): number | undefined {
    const key = (entry as Pair | undefined)?.key;
    return key ? rangeStart(key) : this.#dashOf(entry);
  }

  /** Where the dash of a list's item stands. */
  #dashOf(item: unknown): number | undefined {
    const start = rangeStart(item);
    const before =
      start === undefined ? '' : this.text.slice(0, start).trimEnd();
    return before.endsWith('-') ? before.length - 1 : undefined;
  }

  /** Where what a node says ends, without comments and blank lines after it. */
  #endOf(entry: unknown): number {
    const { key, value } = entry as Partial<Pair>;
    if (key !== undefined) {
      const end =
        value === null || value === undefined ? 0 : this.#endOf(value);
      const keyEnd =
        (key as { range?: [number, number, number] }).range?.[1] ?? 0;
      return Math.max(end, this.text.indexOf(':', keyEnd) + 1);
    }
    if (isCollection(entry) && !entry.flow && entry.items.length > 0) {
      return this.#endOf(entry.items[entry.items.length - 1]);
    }
    const end = (entry as { range?: [number, number, number] }).range?.[1] ?? 0;
    return this.text.slice(0, end).trimEnd().length;
  }

  #lineEnd(offset: number): number {
    const end = this.text.indexOf(this.newline, offset);
    return end < 0 ? this.text.trimEnd().length : end;
  }

  #column(offset: number): number {
    return offset - (this.text.lastIndexOf('\n', offset - 1) + 1);
  }

  #written(value: unknown, at: number): string {
    const indent = ' '.repeat(this.#column(at));
    return toYaml(value)
      .trimEnd()
      .split('\n')
      .map((line, index) => (index === 0 || line === '' ? line : indent + line))
      .join(this.newline);
  }

  #splice(start: number, end: number, insert: string): string {
    return this.text.slice(0, start) + insert + this.text.slice(end);
  }

  #isBlockScalar(node: { type?: string }): boolean {
    return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  }

  #plain(node: unknown): unknown {
    return isCollection(node) ? node.toJS(this.document) : undefined;
  }
}

/**
 * Makes one edit in the text of a file by replacing as little of it as
 * possible: what isn't edited stays byte for byte, with its comments, quotes
 * and blank lines. The caller checks what came out; a layout that isn't known
 * here answers undefined.
 *
 * @internal
 */
export function spliceEdit(
  text: string,
  document: Document.Parsed,
  edit: PlainEdit,
  order: readonly string[],
): string | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const splicer = new Splicer(text, newline, document);
  return splicer.apply(edit, order);
}

function pairOf(map: YAMLMap, key: PathSegment): Pair | undefined {
  return map.items.find(
    pair => isScalar(pair.key) && String(pair.key.value) === key,
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** A text in the quotes that stood there before. */
function inQuotes(value: unknown, type?: string): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  if (type === 'QUOTE_DOUBLE') {
    return JSON.stringify(value);
  }
  return type === 'QUOTE_SINGLE' && !/['\\\p{Cc}]/u.test(value)
    ? `'${value}'`
    : undefined;
}
