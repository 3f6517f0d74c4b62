import { FileChange, FileDiff } from '@slipway/plugin-slipway-node';
import { InputError } from '@backstage/errors';
import { FileConflictError } from './errors';
import { GitRepository } from './GitRepository';
import { readBlobs } from './objects';

/** Longer patches are nothing that a person reads in a page; the counts stay. */
const MAX_PATCH_BYTES = 512 * 1024;
/** Beyond it a preview can't be judged file by file. */
const MAX_PREVIEW_FILE_BYTES = 10 * 1024 * 1024;

/** One path that differs between two trees. */
export interface RawChange {
  path: string;
  status: 'A' | 'M' | 'D' | 'T';
  /** Mode and blob after the change; all zeros when removed. */
  mode: string;
  blob: string;
}

/** Which paths differ, without their contents. */
export async function changedPaths(
  repository: GitRepository,
  from: string,
  to: string,
): Promise<RawChange[]> {
  const { stdout } = await repository.runPure([
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    from,
    to,
  ]);
  const fields = stdout.toString('utf8').split('\0');
  const changes: RawChange[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    // :<old mode> <new mode> <old id> <new id> <status>
    const [, mode, , blob, status] = fields[i].split(' ');
    changes.push({
      path: fields[i + 1],
      status: status[0] as RawChange['status'],
      mode,
      blob,
    });
  }
  return changes;
}

const STATUS = {
  A: 'added',
  M: 'modified',
  T: 'modified',
  D: 'removed',
} as const;

async function countLines(repository: GitRepository, from: string, to: string) {
  const { stdout } = await repository.runPure([
    'diff-tree',
    '-r',
    '-z',
    '--numstat',
    '--no-renames',
    '--no-textconv',
    from,
    to,
  ]);
  const counts = new Map<string, { additions: number; deletions: number }>();
  for (const record of stdout.toString('utf8').split('\0')) {
    const match = /^(\d+|-)\t(\d+|-)\t([^]*)$/.exec(record);
    // Binary files have "-" for both.
    if (match)
      counts.set(match[3], {
        additions: Number(match[1]) || 0,
        deletions: Number(match[2]) || 0,
      });
  }
  return counts;
}

/** Sections of a patch in the order of its files; a change of type (file to link) has two, which become one. */
function splitPatch(patch: string): string[] {
  // Lines of a hunk begin with " ", "+", "-" or "\", so this can only be a header.
  return patch.split(/^diff --git .*$/m).slice(1);
}

/** Hunks of one section, without its header. */
function hunksOf(section: string): string {
  const start = /^@@ /m.exec(section);
  return start ? section.slice(start.index) : '';
}

/** Unified diff between two trees, file by file, sorted by path. Renames are told as removed and added. */
export async function diffTrees(
  repository: GitRepository,
  from: string,
  to: string,
): Promise<FileDiff[]> {
  const changes = await changedPaths(repository, from, to);
  if (changes.length === 0) return [];
  const counts = await countLines(repository, from, to);
  const { stdout } = await repository.runPure([
    'diff-tree',
    '-r',
    '-p',
    '--no-renames',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    from,
    to,
  ]);
  const sections = splitPatch(stdout.toString('utf8'));
  let next = 0;
  return changes.map(change => {
    const own = sections.slice(next, next + (change.status === 'T' ? 2 : 1));
    next += own.length;
    const patch = own.map(hunksOf).join('');
    const { additions = 0, deletions = 0 } = counts.get(change.path) ?? {};
    const common = {
      path: change.path,
      status: STATUS[change.status],
      additions,
      deletions,
    };
    return patch.length > MAX_PATCH_BYTES
      ? { ...common, patch: '', truncated: true }
      : { ...common, patch };
  });
}

/** How a three-way merge came out. */
export interface MergedTree {
  tree: string;
  /** Sorted; empty when the merge is clean. */
  conflicts: string[];
}

/** Three-way merge of two commits, in the object store alone. */
export async function mergeTrees(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<MergedTree> {
  const result = await repository.runPure(
    [
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      '--allow-unrelated-histories',
      base,
      head,
    ],
    { allow: [1], writes: true },
  );
  const [tree, ...rest] = result.stdout.toString('utf8').split('\0');
  if (!/^[0-9a-f]{40,64}$/.test(tree)) {
    throw new FileConflictError(
      `${base} and ${head} of ${repository.where} can't be merged: ${result.stderr.trim()}`,
      [],
    );
  }
  const conflicts =
    result.exitCode === 0
      ? []
      : [...new Set(rest.filter(file => file !== ''))].sort();
  return { tree, conflicts };
}

/**
 * Links and submodules in a change come from a hand, never from Slipway, and can lead out of the repository.
 * Returns their paths.
 */
export function forbiddenEntries(changes: RawChange[]): string[] {
  return changes
    .filter(change => change.mode === '120000' || change.mode === '160000')
    .map(change => change.path);
}

/**
 * What a tree changes, with contents. Every path is named, also of binary files and links (as well as they can be told
 * as text): whoever judges a change by its paths must see them all.
 */
export async function contentsOf(
  repository: GitRepository,
  changes: RawChange[],
): Promise<FileChange[]> {
  const withBlob = changes.filter(
    change => change.status !== 'D' && change.mode !== '160000',
  );
  await assertReadable(repository, withBlob);
  const blobs = await readBlobs(
    repository,
    withBlob.map(change => change.blob),
  );
  return changes.map(change => {
    if (change.status === 'D') return { path: change.path, content: null };
    const content = blobs.get(change.blob)?.toString('utf8') ?? '';
    return change.mode === '100755'
      ? { path: change.path, content, mode: '100755' as const }
      : { path: change.path, content };
  });
}

async function assertReadable(
  repository: GitRepository,
  changes: RawChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const sizes = await Promise.all(
    changes.map(async ({ blob }) => (await repository.look(blob))?.size ?? 0),
  );
  changes.forEach((change, index) => {
    if (sizes[index] > MAX_PREVIEW_FILE_BYTES) {
      throw new InputError(
        `The file "${change.path}" is ${sizes[index]} bytes long; a change request may hold ${MAX_PREVIEW_FILE_BYTES} ` +
          `a file. Take it out of the change.`,
      );
    }
  });
}
