import { parseLog, type PipelineLog } from '@slipway/plugin-slipway-node';

/** A command of the runner that names a secret; GitHub itself shows it nowhere. */
const ADD_MASK = /::add-mask::/;

/** A line longer than this is cut while it is read. */
const LINE_MAX = 16_384;

/**
 * The last lines of a log that were written within a time. A log may be many megabytes: only the lines that are kept
 * are in memory.
 */
export async function tailOf(
  pieces: AsyncIterable<Uint8Array>,
  options: { tail: number; from?: string; to?: string },
): Promise<PipelineLog> {
  const { tail } = options;
  const from = options.from ? Date.parse(options.from) : -Infinity;
  // Steps end in whole seconds, lines in fractions of one.
  const to = options.to ? Date.parse(options.to) + 999 : Infinity;
  const kept: string[] = [];
  let dropped = false;
  let inTime = from === -Infinity;
  const take = (line: string) => {
    const at = Date.parse(line.slice(0, line.indexOf(' ')));
    // A line without a time belongs to the one before it.
    if (!Number.isNaN(at)) inTime = at >= from && at <= to;
    if (!inTime || ADD_MASK.test(line)) return;
    kept.push(line);
    if (kept.length > tail) {
      kept.shift();
      dropped = true;
    }
  };
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop()!.slice(0, LINE_MAX);
    lines.forEach(take);
  }
  if (rest) take(rest);
  return parseLog(kept.join('\n'), tail, dropped);
}
