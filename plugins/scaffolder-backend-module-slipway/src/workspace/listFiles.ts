import { readdir } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';

/**
 * Every file below a folder, relative to the root, with forward slashes and in
 * order. Links are named, not followed; a folder that isn't there is empty.
 *
 * @internal
 */
export async function listFiles(
  root: string,
  folder = '.',
  options: { skip?: readonly string[] } = {},
): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  const nested = await Promise.all(
    entries
      .filter(entry => !options.skip?.includes(entry.name))
      .map(async entry => {
        const path = posix.join(folder.split(sep).join('/'), entry.name);
        return entry.isDirectory() ? listFiles(root, path, options) : [path];
      }),
  );
  return nested.flat().sort();
}
