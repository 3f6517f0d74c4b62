import {
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../lib/paths.ts';

/** The pictures that were looked at and agreed to, beside the stories that they show. */
export const BASELINES = join(ROOT, 'plugins/slipway/dev/pictures');

/** They are cloned by everybody, so there is an end to them. */
export const MOST_BYTES = 8 * 1024 * 1024;

export async function readBaseline(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(BASELINES, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a picture below a folder, making the folders on the way. */
export async function writePicture(
  folder: string,
  file: string,
  picture: Buffer,
): Promise<string> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, picture);
  return path;
}

/** Every baseline that there is, and their bytes. */
export async function listBaselines(): Promise<{
  files: string[];
  bytes: number;
}> {
  await mkdir(BASELINES, { recursive: true });
  const entries = await readdir(BASELINES, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.png'))
    .map(entry => relative(BASELINES, join(entry.parentPath, entry.name)));
  const sizes = await Promise.all(
    files.map(async file => (await stat(join(BASELINES, file))).size),
  );
  return { files, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

export const removeBaseline = (file: string) => rm(join(BASELINES, file));
