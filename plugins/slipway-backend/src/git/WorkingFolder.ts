import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { ConflictError } from '@backstage/errors';
import type { DeliveryFolder, FolderFile } from '../ports/DeliveryPlaces';
import { explained } from './errors';
import { assertPath } from './names';

/** Ends the name of a file that is being written; what a crash leaves of it is removed like any file too many. */
const HALF_WRITTEN = '.slipway-tmp';

/**
 * A tree of files on disk, such as somebody's checkout of the GitOps repository. Only ever touches the folders that it
 * is asked for, and never follows a link out of the tree.
 * @internal
 */
export class WorkingFolder implements DeliveryFolder {
  static at(root: string): WorkingFolder {
    return new WorkingFolder(path.resolve(root));
  }

  private constructor(readonly where: string) {}

  async read(folder: string): Promise<FolderFile[]> {
    assertPath(folder);
    return explained(this.where, async () => {
      await this.#assertInside(folder);
      return this.#below(folder);
    });
  }

  async write(
    folder: string,
    files: Array<{ path: string; content: string }>,
  ): Promise<void> {
    assertPath(folder);
    files.forEach(file => assertPath(file.path));
    await explained(this.where, async () => {
      await this.#assertInside(folder);
      const wanted = new Map(files.map(file => [file.path, file.content]));
      for (const there of await this.#below(folder)) {
        if (there.omitted || !wanted.has(there.path))
          await fs.rm(this.#absolute(there.path));
        else if (wanted.get(there.path) === there.content)
          wanted.delete(there.path);
      }
      for (const [file, content] of wanted) await this.#replace(file, content);
      await this.#removeEmpty(folder);
    });
  }

  #absolute(relative: string): string {
    return path.join(this.where, ...relative.split('/'));
  }

  async #below(folder: string): Promise<FolderFile[]> {
    const entries = await fs
      .readdir(this.#absolute(folder), { recursive: true, withFileTypes: true })
      .catch(unlessAbsent);
    const files = (entries ?? []).filter(entry => !entry.isDirectory());
    const read = await Promise.all(
      files.map(async (entry): Promise<FolderFile> => {
        const absolute = path.join(entry.parentPath, entry.name);
        const relative = path
          .relative(this.where, absolute)
          .split(path.sep)
          .join('/');
        return entry.isFile()
          ? { path: relative, content: await fs.readFile(absolute, 'utf8') }
          : { path: relative, content: '', omitted: 'not-a-file' };
      }),
    );
    return read.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async #replace(file: string, content: string): Promise<void> {
    const target = this.#absolute(file);
    const half = `${target}.${randomUUID()}${HALF_WRITTEN}`;
    await fs.mkdir(path.dirname(target), { recursive: true });
    try {
      await fs.writeFile(half, content, { flag: 'wx' });
      await fs.rename(half, target);
    } catch (error) {
      await fs.rm(half, { force: true });
      throw error;
    }
  }

  /** Folders that hold nothing any more, from the innermost up to the root of the tree. */
  async #removeEmpty(folder: string): Promise<void> {
    const entries = await fs
      .readdir(this.#absolute(folder), { recursive: true, withFileTypes: true })
      .catch(unlessAbsent);
    const inner = (entries ?? [])
      .filter(entry => entry.isDirectory())
      .map(entry => path.join(entry.parentPath, entry.name));
    const parts = folder.split('/');
    const outer = parts.map((_, i) =>
      this.#absolute(parts.slice(0, i + 1).join('/')),
    );
    const deepestFirst = [...outer, ...inner].sort(
      (a, b) => b.length - a.length,
    );
    for (const candidate of deepestFirst)
      await fs.rmdir(candidate).catch(unlessInUse);
  }

  /** A link on the way would lead the files somewhere else than they are looked for. */
  async #assertInside(folder: string): Promise<void> {
    const root = await fs.stat(this.where).catch(unlessAbsent);
    if (root && !root.isDirectory()) {
      throw new ConflictError(
        `${this.where} is a file where a folder is needed. Remove it, or name another in the configuration.`,
      );
    }
    const parts = folder.split('/');
    for (let i = 1; i <= parts.length; i++) {
      const step = parts.slice(0, i).join('/');
      const stat = await fs.lstat(this.#absolute(step)).catch(unlessAbsent);
      if (!stat) return;
      if (!stat.isDirectory()) {
        throw new ConflictError(
          `"${step}" in ${this.where} is ${stat.isSymbolicLink() ? 'a link' : 'a file'} where a folder is needed. Remove it.`,
        );
      }
    }
  }
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function unlessInUse(error: NodeJS.ErrnoException): void {
  const expected = ['ENOENT', 'ENOTEMPTY', 'EEXIST'];
  if (!expected.includes(error.code ?? '')) throw error;
}
