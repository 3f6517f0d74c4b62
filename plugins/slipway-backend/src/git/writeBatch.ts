import { ConflictError, InputError } from '@backstage/errors';
import { FileChange, GitAuthor, TreeEntry } from '@slipway/plugin-slipway-node';
import { WriteRequest } from '../ports/GitWriter';
import { holds, isRegular } from './blobs';
import { FileConflictError } from './errors';
import { assertPath } from './names';
import { KEY_TRAILER } from './PlainChanges';
import { assertFiles, Trailers } from './writeObjects';

/** Bytes that a request brings. */
export function sizeOf(request: WriteRequest): number {
  return request.files.reduce(
    (sum, file) => sum + Buffer.byteLength(file.content),
    0,
  );
}

/** Refuses a request that could not be written alone, before it can spoil a batch. */
export function assertRequest(request: WriteRequest): void {
  assertPath(request.folder);
  for (const file of request.files) {
    if (!file.path.startsWith(`${request.folder}/`)) {
      throw new InputError(
        `The file ${JSON.stringify(file.path)} lies outside of the folder "${request.folder}" that it is written for. ` +
          `Name files by their path from the repository's root, below that folder.`,
      );
    }
  }
  assertFiles(request.files);
  if (request.title.trim() === '' || /[\r\n]/.test(request.title)) {
    throw new InputError(
      `The title of a commit to "${request.folder}" must be one line that is not empty.`,
    );
  }
  if (request.idempotencyKey.trim() === '') {
    throw new InputError(
      `The request for "${request.folder}" has no idempotency key. Give it one.`,
    );
  }
}

/** Whether one folder lies in the other (or is it), so that their contents depend on the order of writing. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/**
 * What has to change so that the folder holds exactly the request's files; empty when it does. Links and submodules
 * that somebody put there stay; a file in the place of one is refused.
 */
export function changesFor(
  request: WriteRequest,
  folder: TreeEntry[],
): FileChange[] {
  const there = new Map(folder.map(entry => [entry.path, entry]));
  const changes: FileChange[] = [];
  for (const file of request.files) {
    const entry = there.get(file.path);
    there.delete(file.path);
    if (entry && !isRegular(entry)) {
      throw new FileConflictError(
        `"${file.path}" is a ${entry.mode === '120000' ? 'symbolic link' : 'submodule'} in the repository, which is ` +
          `never overwritten. Remove it by hand first.`,
        [file.path],
      );
    }
    const same = entry && holds(entry, file.content, file.mode);
    if (!same) changes.push(file);
  }
  for (const entry of there.values()) {
    if (isRegular(entry)) changes.push({ path: entry.path, content: null });
  }
  return changes;
}

/** Entries of one folder out of a listing of several. */
export function entriesBelow(
  entries: TreeEntry[],
  folders: string[],
): Map<string, TreeEntry[]> {
  const below = new Map<string, TreeEntry[]>(
    folders.map(folder => [folder, []]),
  );
  for (const entry of entries) {
    // Folders of a batch never overlap, so at most one of the path's parents is among them.
    for (
      let slash = entry.path.lastIndexOf('/');
      slash > 0;
      slash = entry.path.lastIndexOf('/', slash - 1)
    ) {
      const list = below.get(entry.path.slice(0, slash));
      if (list) {
        list.push(entry);
        break;
      }
    }
  }
  return below;
}

/** Message, author and trailers of the commit for these requests. */
export interface CommitText {
  message: string;
  gitAuthor: GitAuthor;
  trailers: Trailers;
}

/** One request speaks for itself; of several Slipway is the author, and everybody who asked is named. */
export function commitText(
  requests: WriteRequest[],
  slipway: GitAuthor,
): CommitText {
  const trailers = new Map<string, string[]>();
  const add = (key: string, value: string) => {
    const values = trailers.get(key) ?? [];
    if (!values.includes(value)) trailers.set(key, [...values, value]);
  };
  for (const request of requests) {
    Object.entries(request.trailers ?? {}).forEach(([key, value]) =>
      add(key, value),
    );
  }
  requests.forEach(request => add(KEY_TRAILER, request.idempotencyKey));
  if (requests.length === 1) {
    const [{ title, gitAuthor }] = requests;
    return {
      message: title,
      gitAuthor,
      trailers: Object.fromEntries(trailers),
    };
  }
  for (const { gitAuthor } of requests) {
    if (gitAuthor.email !== slipway.email) {
      add(
        'Co-authored-by',
        `${gitAuthor.name} <${gitAuthor.email.replace(/[<>]/g, '')}>`,
      );
    }
  }
  const list = requests.map(request => `- ${request.title}`).join('\n');
  return {
    message: `Update ${requests.length} environments\n\n${list}`,
    gitAuthor: slipway,
    trailers: Object.fromEntries(trailers),
  };
}

/** Whether trying the very same thing again later may help. */
export function isTransient(error: unknown): boolean {
  return error instanceof Error && error.name === 'ServiceUnavailableError';
}

/** Whether the branch may have moved under the commit. */
export function isConflict(error: unknown): boolean {
  return (
    error instanceof ConflictError && !(error instanceof FileConflictError)
  );
}
