import { promises as fs } from 'node:fs';
import path from 'node:path';
import { GitCommandError } from './process';

/** The pack that git was writing, as its message about a failed write names it. */
const UNFINISHED_PACK = /'([^']*\/objects\/pack\/tmp_pack_[A-Za-z0-9]+)'/g;

/**
 * Removes what a failed `git fast-import` leaves: its crash report and the unfinished pack, which on a full disk would
 * keep the disk full. What a killed one leaves, which can't tell its names, goes with `git gc` like all of Git's
 * temporary files.
 */
export async function removeRemains(
  gitDir: string,
  error: unknown,
): Promise<void> {
  if (!(error instanceof GitCommandError) || error.command !== 'fast-import')
    return;
  const remains = [...error.stderr.matchAll(UNFINISHED_PACK)]
    .map(match => match[1])
    // A message is only a text: nothing outside of this repository is removed because of one.
    .filter(
      file => path.dirname(file) === path.join(gitDir, 'objects', 'pack'),
    );
  if (error.pid !== undefined) {
    remains.push(path.join(gitDir, `fast_import_crash_${error.pid}`));
  }
  for (const file of remains) {
    // The first error is the one to be told; `force` is quiet about a file that isn't there.
    await fs.rm(file, { force: true }).catch(() => {});
  }
}
