import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { FileChange, GitAuthor } from '@slipway/plugin-slipway-node';
import { explained, FileConflictError } from './errors';
import { GitRepository } from './GitRepository';
import { assertPath } from './names';
import { entriesAt } from './objects';

/** A rendered object is some kilobytes, a lock file of a skeleton about one megabyte. */
const MAX_FILE_BYTES = 5 * 1024 * 1024;
/** What one commit may bring. */
const MAX_COMMIT_BYTES = 64 * 1024 * 1024;
const MAX_COMMIT_FILES = 20_000;

function parentsOf(file: string): string[] {
  const parts = file.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Refuses what could not become a tree, or would become another one than the caller means. */
export function assertFiles(files: FileChange[]): void {
  if (files.length > MAX_COMMIT_FILES) {
    throw new InputError(
      `One commit may change ${MAX_COMMIT_FILES} files at most; these are ${files.length}.`,
    );
  }
  const written = new Set<string>();
  let total = 0;
  for (const { path: file, content, mode } of files) {
    assertPath(file);
    if (written.has(file)) {
      throw new InputError(
        `The file "${file}" is named twice. Name each file once.`,
      );
    }
    written.add(file);
    if (mode !== undefined && mode !== '100644' && mode !== '100755') {
      throw new InputError(
        `The file "${file}" has the mode ${mode}; allowed are 100644 and 100755.`,
      );
    }
    const bytes = content === null ? 0 : Buffer.byteLength(content);
    if (bytes > MAX_FILE_BYTES) {
      throw new InputError(
        `The file "${file}" is ${bytes} bytes long; the limit is ${MAX_FILE_BYTES} a file.`,
      );
    }
    total += bytes;
  }
  if (total > MAX_COMMIT_BYTES) {
    throw new InputError(
      `The files are ${total} bytes together; the limit is ${MAX_COMMIT_BYTES} a commit.`,
    );
  }
  const kept = new Set(
    files.filter(file => file.content !== null).map(file => file.path),
  );
  for (const file of kept) {
    const parent = parentsOf(file).find(folder => kept.has(folder));
    if (parent) {
      throw new InputError(
        `"${parent}" can't be a file and the folder of "${file}" at once.`,
      );
    }
  }
}

/** Nothing is ever written over, or through, a link or a submodule, and a file never silently replaces a folder. */
async function assertRoom(
  repository: GitRepository,
  baseTree: string,
  files: FileChange[],
): Promise<void> {
  const written = files.filter(file => file.content !== null);
  const removed = new Set(
    files.filter(file => file.content === null).map(file => file.path),
  );
  const there = await entriesAt(
    repository,
    baseTree,
    files.flatMap(file => [...parentsOf(file.path), file.path]),
  );
  for (const file of files) {
    const entry = there.get(file.path);
    if (
      entry &&
      entry !== 'folder' &&
      (entry.mode === '120000' || entry.mode === '160000')
    ) {
      const what = entry.mode === '120000' ? 'a symbolic link' : 'a submodule';
      throw new FileConflictError(
        `"${file.path}" is ${what} in ${repository.where}, which Slipway never overwrites. Remove it by hand first.`,
        [file.path],
      );
    }
  }
  for (const file of written) {
    // A folder whose files all go in this same commit would make room; no caller needs that.
    if (there.get(file.path) === 'folder') {
      throw new FileConflictError(
        `"${file.path}" is a folder in ${repository.where}, so no file can be written there. Choose another path.`,
        [file.path],
      );
    }
    const parent = parentsOf(file.path).find(folder => {
      const entry = there.get(folder);
      return entry !== undefined && entry !== 'folder' && !removed.has(folder);
    });
    if (parent) {
      throw new FileConflictError(
        `"${parent}" is not a folder in ${repository.where}, so "${file.path}" can't be written. Choose another path.`,
        [file.path],
      );
    }
  }
}

/** Blob ids for contents, through one `hash-object` over temporary files. */
async function writeBlobs(
  repository: GitRepository,
  folder: string,
  contents: string[],
): Promise<string[]> {
  if (contents.length === 0) return [];
  const names: string[] = [];
  for (const [index, content] of contents.entries()) {
    const name = path.join(folder, String(index));
    await fs.writeFile(name, content);
    names.push(name);
  }
  const { stdout } = await repository.run(
    ['hash-object', '-w', '--no-filters', '--stdin-paths'],
    {
      input: `${names.join('\n')}\n`,
    },
  );
  return stdout.toString('utf8').trim().split('\n');
}

/**
 * The tree that `baseTree` (null: the empty one) becomes with these files. Works in an index of its own outside the
 * repository, so that neither a lock nor a half-written index can be left in it.
 */
export async function writeTree(
  repository: GitRepository,
  baseTree: string | null,
  files: FileChange[],
): Promise<string> {
  assertFiles(files);
  if (baseTree) {
    if (files.length === 0) return baseTree;
    await assertRoom(repository, baseTree, files);
  }
  return explained(repository.where, async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-git-'));
    try {
      const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
      const written = files.filter(file => file.content !== null);
      const ids = await writeBlobs(
        repository,
        folder,
        written.map(file => file.content ?? ''),
      );
      const lines = [
        // Removals first: a file may make room for a folder of its name.
        ...(baseTree ? files : [])
          .filter(file => file.content === null)
          .map(
            file => `0 ${'0'.repeat(baseTree?.length ?? 0)}\t${file.path}\0`,
          ),
        ...written.map(
          (file, index) =>
            `${file.mode ?? '100644'} ${ids[index]}\t${file.path}\0`,
        ),
      ];
      await repository.run(
        baseTree ? ['read-tree', baseTree] : ['read-tree', '--empty'],
        { env },
      );
      await repository.run(['update-index', '-z', '--index-info'], {
        env,
        input: lines.join(''),
      });
      return (await repository.run(['write-tree'], { env })).stdout
        .toString('utf8')
        .trim();
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  });
}

/** Trailers with one value or several each. */
export type Trailers = Record<string, string | string[]>;

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** Subject, body and a block of trailers, as `git interpret-trailers` reads them. */
export function commitMessage(message: string, trailers: Trailers): string {
  const text = message.replace(/\r\n?/g, '\n').replaceAll('\0', '').trim();
  if (!text) {
    throw new InputError(
      'A commit needs a message. Say in its first line what changes.',
    );
  }
  const lines: string[] = [];
  for (const [key, values] of Object.entries(trailers)) {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(key)) {
      throw new InputError(
        `"${oneLine(key)}" is no name of a trailer; allowed are letters, digits and hyphens.`,
      );
    }
    for (const value of new Set(Array.isArray(values) ? values : [values])) {
      const clean = oneLine(value);
      if (clean) lines.push(`${key}: ${clean}`);
    }
  }
  return lines.length ? `${text}\n\n${lines.join('\n')}\n` : `${text}\n`;
}

function identity(
  role: 'AUTHOR' | 'COMMITTER',
  who: GitAuthor,
  at: Date,
): Record<string, string> {
  const clean = (value: string) => oneLine(value.replace(/[<>]/g, ''));
  return {
    [`GIT_${role}_NAME`]: clean(who.name) || 'unknown',
    [`GIT_${role}_EMAIL`]: clean(who.email) || 'unknown',
    [`GIT_${role}_DATE`]: `@${Math.floor(at.getTime() / 1000)} +0000`,
  };
}

/** A commit object; no ref points to it yet. */
export async function writeCommit(
  repository: GitRepository,
  commit: {
    tree: string;
    parents: string[];
    message: string;
    trailers: Trailers;
    author: GitAuthor;
    committer: GitAuthor;
    at: Date;
  },
): Promise<string> {
  const { stdout } = await repository.run(
    [
      'commit-tree',
      commit.tree,
      ...commit.parents.flatMap(parent => ['-p', parent]),
    ],
    {
      input: commitMessage(commit.message, commit.trailers),
      env: {
        ...identity('AUTHOR', commit.author, commit.at),
        ...identity('COMMITTER', commit.committer, commit.at),
      },
    },
  );
  return stdout.toString('utf8').trim();
}
