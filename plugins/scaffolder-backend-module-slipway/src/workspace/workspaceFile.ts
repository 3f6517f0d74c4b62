import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { isUtf8 } from 'node:buffer';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The longest file that the backend takes. */
export const MAX_FILE_CHARACTERS = 1_048_576;

/**
 * Writes a file below a folder of the workspace, and says whether that changed
 * anything. Writing the same file again is harmless, so it needs no checkpoint:
 * a task that is resumed in an empty workspace has to write it again.
 *
 * @internal
 */
export async function writeWorkspaceFile(
  root: string,
  path: string,
  content: string,
): Promise<boolean> {
  const target = resolveSafeChildPath(root, path);
  const before = await readFile(target, 'utf8').catch(() => undefined);
  if (before === content) {
    return false;
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content, 'utf8');
  return true;
}

/** A text file of the workspace. @internal */
export interface WorkspaceFile {
  path: string;
  content: string;
  executable: boolean;
}

/**
 * Reads a text file below a folder of the workspace. Refuses what can't travel
 * with a change request, each in words: links, binary files, files too long.
 *
 * @internal
 */
export async function readWorkspaceFile(
  root: string,
  path: string,
): Promise<WorkspaceFile> {
  const target = resolveSafeChildPath(root, path);
  const stats = await lstat(target).catch(() => undefined);
  if (!stats) {
    throw new InputError(
      `There is no file ${path} in the workspace. Write it in an earlier step, or take it off the list.`,
    );
  }
  if (!stats.isFile()) {
    throw new InputError(
      `${path} is ${stats.isSymbolicLink() ? 'a symbolic link' : 'not a file'}; only plain text files travel with a change request.`,
    );
  }
  const bytes = await readFile(target);
  if (!isUtf8(bytes) || bytes.includes(0)) {
    throw new InputError(
      `${path} is a binary file; only text in UTF-8 travels with a change request. Take it out of the skeleton, or fetch it when the code is built.`,
    );
  }
  const content = bytes.toString('utf8');
  if (content.length > MAX_FILE_CHARACTERS) {
    throw new InputError(
      `${path} has ${content.length} characters; at most ${MAX_FILE_CHARACTERS} travel with a change request.`,
    );
  }
  return { path, content, executable: (stats.mode & 0o100) !== 0 };
}
