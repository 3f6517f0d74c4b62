import { parsePatch, structuredPatch, type StructuredPatch } from 'diff';

/** A line of a diff as it is drawn. @internal */
export interface DiffLine {
  kind: 'same' | 'add' | 'remove' | 'hunk';
  text: string;
  before?: number;
  after?: number;
}

/** Unchanged lines around a change. */
const CONTEXT = 3;

/** The lines of a unified patch, as Git writes it. @internal */
export const linesOfPatch = (patch: string): DiffLine[] =>
  parsePatch(patch).flatMap(linesOf);

/** The lines that differ between two versions of a file; an absent version is an empty one. @internal */
export const linesOfChange = (before = '', after = ''): DiffLine[] =>
  linesOf(
    structuredPatch('before', 'after', before, after, undefined, undefined, {
      context: CONTEXT,
    }),
  );

function linesOf(patch: StructuredPatch): DiffLine[] {
  return patch.hunks.flatMap(hunk => {
    let before = hunk.oldStart;
    let after = hunk.newStart;
    const lines: DiffLine[] = [
      {
        kind: 'hunk',
        text: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      },
    ];
    for (const line of hunk.lines) {
      const text = line.slice(1);
      if (line.startsWith('+')) {
        lines.push({ kind: 'add', text, after });
        after += 1;
      } else if (line.startsWith('-')) {
        lines.push({ kind: 'remove', text, before });
        before += 1;
      } else if (line.startsWith(' ')) {
        lines.push({ kind: 'same', text, before, after });
        before += 1;
        after += 1;
      }
    }
    return lines;
  });
}
