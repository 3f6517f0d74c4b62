import { promises as fs } from 'node:fs';
import path from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import { explain } from './errors';
import { BaseGitRepository, RefUpdate } from './GitRepository';
import { GitTools } from './GitTools';

/** A bare repository on disk, worked on where it is. */
export class LocalRepository extends BaseGitRepository {
  static at(git: GitTools, folder: string): LocalRepository {
    return new LocalRepository(git, folder, `the repository ${folder}`);
  }

  /** The folder is the truth itself, so there is only to see whether it is there and readable. */
  async refresh(): Promise<void> {
    try {
      // `readdir` and not `stat`: a folder without the right to read it must be told from one that isn't there.
      const entries = new Set(await fs.readdir(this.gitDir));
      if (entries.has('HEAD') && entries.has('objects')) {
        await fs.readdir(path.join(this.gitDir, 'objects'));
        await fs.readFile(path.join(this.gitDir, 'HEAD'));
        return;
      }
      if (entries.has('.git')) {
        throw new InputError(
          `${this.gitDir} is a repository with a work tree; Slipway would change its branch under the files. ` +
            `Use a bare one: git clone --bare ${this.gitDir} <new folder>.`,
        );
      }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        throw explain(error, this.where);
      }
    }
    throw new NotFoundError(
      `There is no Git repository at ${this.gitDir}. Check the path, or create one: git init --bare ${this.gitDir}.`,
    );
  }

  async catchUp(): Promise<void> {
    await this.refresh();
  }

  async updateRefs(updates: RefUpdate[]): Promise<void> {
    await this.updateLocalRefs(updates);
  }
}
