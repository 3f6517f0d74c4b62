import type { PipelineLog } from './types';

/** `2026-11-21T16:00:00.123456789Z text`, as API servers and GitHub write lines. */
const STAMPED =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})) ?(.*)$/s;

/** Colours are for terminals. */
// eslint-disable-next-line no-control-regex -- the escape character is what they begin with
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;

/** A line that long is data, not words. */
const LINE_MAX = 4_096;

/**
 * The last `tail` lines of a log, their times apart and without colours. `cut` says that the text was not all there is.
 *
 * @public
 */
export function parseLog(text: string, tail: number, cut = false): PipelineLog {
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  const lines = all.slice(-tail).map(line => {
    const [, stamp, rest = line] = STAMPED.exec(line) ?? [];
    const clean = rest.replace(/\r$/, '').replace(ANSI, '');
    const at = stamp ? new Date(stamp) : undefined;
    return {
      ...(at && !Number.isNaN(at.getTime()) && { at: at.toISOString() }),
      text:
        clean.length > LINE_MAX ? `${clean.slice(0, LINE_MAX - 1)}…` : clean,
    };
  });
  return { lines, truncated: cut || all.length > lines.length };
}
