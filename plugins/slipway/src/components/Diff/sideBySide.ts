import { diffLines, diffWordsWithSpace } from 'diff';

/** A stretch of a line; `changed` where the other side has something else. @internal */
export interface Stretch {
  text: string;
  changed: boolean;
}

/** One side of a row; absent where only the other side has a line. @internal */
export interface Side {
  number: number;
  stretches: Stretch[];
}

/** A row of two columns. @internal */
export interface Pair {
  same: boolean;
  left?: Side;
  right?: Side;
}

const linesOf = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') {
    lines.pop();
  }
  return lines;
};

const plain = (number: number, text: string, changed: boolean): Side => ({
  number,
  stretches: [{ text, changed }],
});

/** The words that differ within two lines. Lines that share little are shown as a whole. */
function within(before: string, after: string): [Stretch[], Stretch[]] {
  const parts = diffWordsWithSpace(before, after);
  return [
    parts
      .filter(({ added }) => !added)
      .map(({ value, removed }) => ({
        text: value,
        changed: removed === true,
      })),
    parts
      .filter(({ removed }) => !removed)
      .map(({ value, added }) => ({ text: value, changed: added === true })),
  ];
}

/**
 * Two texts as rows of two columns; lines that took each other's place stand side by side, with the words that differ.
 *
 * @internal
 */
export function pairLines(before: string, after: string): Pair[] {
  const pairs: Pair[] = [];
  let left = 1;
  let right = 1;
  let removed: string[] = [];
  let added: string[] = [];

  const flush = () => {
    const rows = Math.max(removed.length, added.length);
    for (let row = 0; row < rows; row += 1) {
      const before1 = removed[row];
      const after1 = added[row];
      if (before1 !== undefined && after1 !== undefined) {
        const [leftWords, rightWords] = within(before1, after1);
        pairs.push({
          same: false,
          left: { number: left, stretches: leftWords },
          right: { number: right, stretches: rightWords },
        });
        left += 1;
        right += 1;
      } else if (before1 !== undefined) {
        pairs.push({ same: false, left: plain(left, before1, true) });
        left += 1;
      } else {
        pairs.push({ same: false, right: plain(right, after1, true) });
        right += 1;
      }
    }
    removed = [];
    added = [];
  };

  for (const part of diffLines(before, after)) {
    const lines = linesOf(part.value);
    if (part.removed) {
      removed.push(...lines);
    } else if (part.added) {
      added.push(...lines);
    } else {
      flush();
      for (const line of lines) {
        pairs.push({
          same: true,
          left: plain(left, line, false),
          right: plain(right, line, false),
        });
        left += 1;
        right += 1;
      }
    }
  }
  flush();
  return pairs;
}

/** Rows that are shown, or a stretch of equal ones that is folded. @internal */
export type Block =
  { kind: 'rows'; rows: Pair[] } | { kind: 'fold'; rows: Pair[] };

/**
 * Folds long stretches of equal rows, and leaves some around each change.
 *
 * @internal
 */
export function foldEqual(pairs: Pair[], context = 3): Block[] {
  const near = new Set<number>();
  pairs.forEach(({ same }, index) => {
    if (!same) {
      for (let at = index - context; at <= index + context; at += 1) {
        near.add(at);
      }
    }
  });
  const blocks: Block[] = [];
  pairs.forEach((pair, index) => {
    const kind = near.has(index) ? 'rows' : 'fold';
    const last = blocks[blocks.length - 1];
    if (last?.kind === kind) {
      last.rows.push(pair);
    } else {
      blocks.push({ kind, rows: [pair] });
    }
  });
  return blocks;
}
