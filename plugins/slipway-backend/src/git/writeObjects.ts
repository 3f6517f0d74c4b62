import { randomUUID } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { FileChange, GitAuthor, TreeEntry } from '@slipway/plugin-slipway-node';
import { holds, isRegular } from './blobs';
import { FileConflictError } from './errors';
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

/**
 * Which of the files differ from the tree (null: the empty one). Throws `FileConflictError` where there is no room:
 * nothing is ever written over, or through, a link or a submodule, and a file never silently replaces a folder.
 */
export async function pendingFiles(
  repository: GitRepository,
  treeish: string | null,
  files: FileChange[],
): Promise<FileChange[]> {
  assertFiles(files);
  if (!treeish) return files.filter(file => file.content !== null);
  const there = await entriesAt(
    repository,
    treeish,
    files.flatMap(file => [...parentsOf(file.path), file.path]),
  );
  const removed = new Set(
    files.filter(file => file.content === null).map(file => file.path),
  );
  for (const file of files) {
    assertRoom(repository, there, removed, file);
  }
  return files.filter(file => {
    const entry = there.get(file.path);
    const isThere = entry !== undefined && entry !== 'folder';
    return file.content === null
      ? isThere
      : !isThere || !holds(entry, file.content, file.mode);
  });
}

function assertRoom(
  repository: GitRepository,
  there: Map<string, TreeEntry | 'folder'>,
  removed: Set<string>,
  file: FileChange,
): void {
  const refuse = (problem: string) => {
    throw new FileConflictError(problem, [file.path]);
  };
  const entry = there.get(file.path);
  if (entry && entry !== 'folder' && !isRegular(entry)) {
    const what = entry.mode === '120000' ? 'a symbolic link' : 'a submodule';
    refuse(
      `"${file.path}" is ${what} in ${repository.where}, which Slipway never overwrites. Remove it by hand first.`,
    );
  }
  if (file.content === null) return;
  // A folder whose files all go in this same commit would make room; no caller needs that.
  if (entry === 'folder') {
    refuse(
      `"${file.path}" is a folder in ${repository.where}, so no file can be written there. Choose another path.`,
    );
  }
  const blocker = parentsOf(file.path).find(folder => {
    const parent = there.get(folder);
    return parent !== undefined && parent !== 'folder' && !removed.has(folder);
  });
  if (blocker) {
    refuse(
      `"${blocker}" is not a folder in ${repository.where}, so "${file.path}" can't be written. Choose another path.`,
    );
  }
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

/** `author Name <email> seconds +0000`, as commit objects have it. */
function identity(
  role: 'author' | 'committer',
  who: GitAuthor,
  at: Date,
): string {
  const clean = (value: string) => oneLine(value.replace(/[<>]/g, ''));
  const seconds = Math.floor(at.getTime() / 1000);
  return `${role} ${clean(who.name) || 'unknown'} <${clean(who.email)}> ${seconds} +0000\n`;
}

/** Bytes with their length before them, so that nothing in them can be taken for a command. */
function data(content: string): Buffer[] {
  const bytes = Buffer.from(content);
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

/** Checked paths hold no control character, so that these two are all there is to escape. */
function quoted(file: string): string {
  return `"${file.replace(/["\\]/g, '\\$&')}"`;
}

/** A commit to be made: a tree, some files that differ from it, and what stands above. */
export interface NewCommit {
  /** Tree to start from; null for the empty one. */
  baseTree: string | null;
  /** As `pendingFiles` returns them. */
  files: FileChange[];
  parents: string[];
  message: string;
  trailers: Trailers;
  author: GitAuthor;
  committer: GitAuthor;
  at: Date;
}

/**
 * Writes a commit with its trees and blobs; no ref points to it yet.
 *
 * One `git fast-import` does it all: no index, no temporary file, so nothing that a crash could leave in the way, and
 * one pack for a big batch instead of thousands of small files (an order of magnitude faster). The ref that its stream
 * needs is taken back before its end and never reaches the disk.
 */
export async function writeCommit(
  repository: GitRepository,
  commit: NewCommit,
): Promise<string> {
  const ref = `refs/slipway/import/${randomUUID()}`;
  const [first, ...others] = commit.parents;
  const stream: Array<Buffer | string> = [
    `commit ${ref}\nmark :1\n`,
    identity('author', commit.author, commit.at),
    identity('committer', commit.committer, commit.at),
    ...data(commitMessage(commit.message, commit.trailers)),
    first ? `from ${first}\n` : '',
    ...others.map(parent => `merge ${parent}\n`),
    commit.baseTree ? `M 040000 ${commit.baseTree} ""\n` : '',
    // Removals first: a file may make room for a folder of its name.
    ...commit.files
      .filter(file => file.content === null)
      .map(file => `D ${quoted(file.path)}\n`),
  ];
  for (const file of commit.files) {
    if (file.content !== null) {
      stream.push(
        `M ${file.mode ?? '100644'} inline ${quoted(file.path)}\n`,
        ...data(file.content),
      );
    }
  }
  const none = '0'.repeat(await idLength(repository, commit.baseTree));
  stream.push(`\nget-mark :1\nreset ${ref}\nfrom ${none}\n\ndone\n`);
  const { stdout } = await repository.run(
    ['fast-import', '--quiet', '--done', '--date-format=raw'],
    {
      input: Buffer.concat(
        stream.map(part =>
          typeof part === 'string' ? Buffer.from(part) : part,
        ),
      ),
    },
  );
  return stdout.toString('utf8').trim();
}

/** 40 digits, or 64 in a repository with SHA-256; only one without any commit has to be asked. */
async function idLength(
  repository: GitRepository,
  known: string | null,
): Promise<number> {
  if (known) return known.length;
  const { stdout } = await repository.run([
    'rev-parse',
    '--show-object-format',
  ]);
  return stdout.toString('utf8').trim() === 'sha256' ? 64 : 40;
}
