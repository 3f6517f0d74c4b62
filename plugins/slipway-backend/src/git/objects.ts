import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { GitAuthor, TreeEntry, TreeFile } from '@slipway/plugin-slipway-node';
import { GitRepository } from './GitRepository';
import { assertCommit, assertPath } from './names';
import { readFolders } from './readFolders';

/** A tree entry with its size, where that was asked for. */
export interface SizedEntry extends TreeEntry {
  size?: number;
}

/** What one read may bring in all: a source is specs, not a data lake. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;

/** Paths in one argument list: far below ARG_MAX, few enough processes. */
const PATHS_PER_RUN = 500;

/** The id that a ref points to, or undefined. */
export async function resolveRef(
  repository: GitRepository,
  ref: string,
): Promise<string | undefined> {
  return (await repository.look(`${ref}^{commit}`))?.id;
}

/** Several refs in one run: `refs/heads/…` → commit. */
export async function listRefs(
  repository: GitRepository,
  prefix: string,
): Promise<Map<string, string>> {
  const result = await repository.run([
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    prefix,
  ]);
  const refs = new Map<string, string>();
  for (const line of result.stdout.toString('utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) refs.set(line.slice(space + 1), line.slice(0, space));
  }
  return refs;
}

/** Whether the commit's objects are here. */
export async function hasCommit(
  repository: GitRepository,
  commit: string,
): Promise<boolean> {
  assertCommit(commit);
  const found = await repository
    .look(`${commit}^{commit}`)
    .catch((error: Error) => {
      // Where there is no repository there is no commit; whoever needs it asks why.
      if (error.name !== 'NotFoundError') throw error;
      return undefined;
    });
  return found !== undefined;
}

/** Throws `NotFoundError` unless the commit is here; a mirror is brought up to date first. */
export async function requireCommit(
  repository: GitRepository,
  commit: string,
): Promise<void> {
  if (await hasCommit(repository, commit)) return;
  await repository.refresh();
  if (!(await hasCommit(repository, commit))) {
    throw new NotFoundError(
      `The commit ${commit} is not in ${repository.where}. It may have been rewritten or cleaned up: ` +
        `read the branch's head again.`,
    );
  }
}

export async function treeOf(
  repository: GitRepository,
  commit: string,
): Promise<string> {
  const tree = await repository.look(`${commit}^{tree}`);
  if (!tree) {
    throw new NotFoundError(
      `The commit ${commit} is not in ${repository.where}. It may have been rewritten or cleaned up: ` +
        `read the branch's head again.`,
    );
  }
  return tree.id;
}

/** Whether `ancestor` is contained in `commit` (or is it). */
export async function isAncestor(
  repository: GitRepository,
  ancestor: string,
  commit: string,
): Promise<boolean> {
  const result = await repository.runPure(
    ['merge-base', '--is-ancestor', ancestor, commit],
    { allow: [1] },
  );
  return result.exitCode === 0;
}

/** The best common ancestor; undefined when the two share no history. */
export async function mergeBase(
  repository: GitRepository,
  a: string,
  b: string,
): Promise<string | undefined> {
  const result = await repository.runPure(['merge-base', a, b], {
    allow: [1],
  });
  return result.exitCode === 0
    ? result.stdout.toString('utf8').trim()
    : undefined;
}

function parseLsTree(
  output: Buffer,
): Array<SizedEntry | { path: string; mode: '040000' }> {
  const entries: Array<SizedEntry | { path: string; mode: '040000' }> = [];
  for (const record of output.toString('utf8').split('\0')) {
    // <mode> <type> <object>[ <size padded>]\t<path>
    const match = /^(\d{6}) (\w+) ([0-9a-f]+)(?: +(\S+))?\t([^]*)$/.exec(
      record,
    );
    if (!match) continue;
    const [, mode, type, blob, size, path] = match;
    if (type === 'tree') {
      entries.push({ path, mode: '040000' });
    } else {
      // Old repositories hold 100664, which means 100644.
      const known =
        mode === '100755' || mode === '120000' || mode === '160000'
          ? mode
          : '100644';
      entries.push({
        path,
        blob,
        mode: known,
        // "-" of a submodule, "BAD" of a damaged object: reading it tells more.
        size: /^\d+$/.test(size ?? '') ? Number(size) : undefined,
      });
    }
  }
  return entries;
}

function chunks<T>(items: T[], size: number): T[][] {
  const result: T[][] = [];
  for (let i = 0; i < items.length; i += size)
    result.push(items.slice(i, i + size));
  return result;
}

/** Drops prefixes that lie below another one, so that nothing is listed twice. */
function outermost(prefixes: string[]): string[] {
  const sorted = [...new Set(prefixes)].sort();
  const kept: string[] = [];
  for (const prefix of sorted) {
    if (!kept.some(other => prefix.startsWith(`${other}/`))) kept.push(prefix);
  }
  return kept;
}

/** All entries below the prefixes (a file's path is a prefix too), sorted by path. */
export async function listTree(
  repository: GitRepository,
  treeish: string,
  prefixes: string[] | undefined,
  options: { sizes?: boolean } = {},
): Promise<SizedEntry[]> {
  const wanted = prefixes
    ?.map(prefix => prefix.replace(/\/+$/, ''))
    .filter(prefix => prefix !== '');
  wanted?.forEach(assertPath);
  // An empty prefix, like none at all, means the whole tree; an empty list means nothing.
  const whole = !wanted || (prefixes && wanted.length < prefixes.length);
  if (!whole) {
    const read = await readFolders(
      repository,
      treeish,
      outermost(wanted),
      options,
    );
    if (read) return read;
  }
  const runs = whole ? [[]] : chunks(outermost(wanted), PATHS_PER_RUN);
  const entries: SizedEntry[] = [];
  for (const paths of runs) {
    const result = await repository.run([
      'ls-tree',
      '-r',
      '-z',
      ...(options.sizes ? ['-l'] : []),
      '--full-tree',
      treeish,
      '--',
      ...paths,
    ]);
    for (const entry of parseLsTree(result.stdout)) {
      if (entry.mode !== '040000') entries.push(entry);
    }
  }
  return entries;
}

/** What stands at exactly these paths: an entry, a folder, or (absent from the map) nothing. */
export async function entriesAt(
  repository: GitRepository,
  treeish: string,
  paths: string[],
): Promise<Map<string, TreeEntry | 'folder'>> {
  const found = new Map<string, TreeEntry | 'folder'>();
  for (const some of chunks([...new Set(paths)], PATHS_PER_RUN)) {
    const result = await repository.run([
      'ls-tree',
      '-t',
      '-z',
      '--full-tree',
      treeish,
      '--',
      ...some,
    ]);
    for (const entry of parseLsTree(result.stdout)) {
      found.set(entry.path, entry.mode === '040000' ? 'folder' : entry);
    }
  }
  return found;
}

/** Blobs by id. */
export async function readBlobs(
  repository: GitRepository,
  ids: string[],
): Promise<Map<string, Buffer>> {
  const read = await Promise.all(
    [...new Set(ids)].map(async id => {
      const content = await repository.content(id);
      if (!content) {
        throw new ServiceUnavailableError(
          `The object ${id} is missing or damaged in ${repository.where}. ` +
            `Run "git fsck --full" there and restore it from a copy.`,
        );
      }
      return [id, content] as const;
    }),
  );
  return new Map(read);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text, or undefined for what is none (a NUL in it, or no UTF-8). */
export function asText(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return utf8.decode(content);
  } catch {
    return undefined;
  }
}

/** Files with their text. Links and submodules are skipped: reading through them could leave the repository. */
export async function readTree(
  repository: GitRepository,
  treeish: string,
  options: { prefixes?: string[]; maxBytesPerFile: number },
): Promise<TreeFile[]> {
  const files = (
    await listTree(repository, treeish, options.prefixes, { sizes: true })
  ).filter(entry => entry.mode === '100644' || entry.mode === '100755');
  const small = files.filter(
    file => (file.size ?? 0) <= options.maxBytesPerFile,
  );
  const total = small.reduce((sum, file) => sum + (file.size ?? 0), 0);
  if (total > MAX_TOTAL_BYTES) {
    throw new InputError(
      `The files asked for in ${repository.where} are ${total} bytes together; the limit is ${MAX_TOTAL_BYTES}. ` +
        `Name the folders that are needed.`,
    );
  }
  const blobs = await readBlobs(
    repository,
    small.map(file => file.blob),
  );
  return files.map(({ path, blob }) => {
    const content = blobs.get(blob);
    if (!content) return { path, blob, content: '', omitted: 'too-large' };
    const text = asText(content);
    return text === undefined
      ? { path, blob, content: '', omitted: 'binary' }
      : { path, blob, content: text };
  });
}

/** A commit as the port tells it. */
export interface LoggedCommit {
  commit: string;
  author: GitAuthor;
  committer: GitAuthor;
  at: string;
  message: string;
  trailers: Record<string, string>;
}

const LOG_FIELDS = 8;

const FULL_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Newest first. All arguments must be commit ids or checked paths. */
export async function readLog(
  repository: GitRepository,
  options: {
    from?: string;
    to: string;
    path?: string;
    limit: number;
    firstParent?: boolean;
    grep?: string;
  },
): Promise<LoggedCommit[]> {
  const range = options.from
    ? [options.to, '--not', options.from]
    : [options.to];
  // What led to a commit never changes: many environments ask who made the one that declares them.
  const pure =
    (!options.from || FULL_ID.test(options.from)) &&
    !options.path &&
    !options.grep;
  const args = [
    'log',
    '-z',
    `--max-count=${Math.max(0, Math.floor(options.limit))}`,
    '--format=%H%x00%an%x00%ae%x00%cn%x00%ce%x00%aI%x00%B%x00%(trailers:only,unfold)',
    ...(options.firstParent ? ['--first-parent'] : []),
    ...(options.grep ? ['--fixed-strings', `--grep=${options.grep}`] : []),
    ...range,
    '--',
    ...(options.path ? [options.path] : []),
  ];
  const { stdout } = pure
    ? await repository.runPure(args)
    : await repository.run(args);
  const fields = stdout.toString('utf8').split('\0');
  const commits: LoggedCommit[] = [];
  for (let i = 0; i + LOG_FIELDS <= fields.length; i += LOG_FIELDS) {
    const [commit, name, email, byName, byEmail, at, message, trailers] =
      fields.slice(i, i + LOG_FIELDS);
    commits.push({
      commit,
      author: { name, email },
      committer: { name: byName, email: byEmail },
      at,
      message: message.trimEnd(),
      trailers: parseTrailers(trailers),
    });
  }
  return commits;
}

function parseTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const key = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    // `__proto__` is a legal trailer key and must not be more than one.
    if (!Object.hasOwn(trailers, key)) {
      Object.defineProperty(trailers, key, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else {
      trailers[key] += `\n${value}`;
    }
  }
  return trailers;
}
