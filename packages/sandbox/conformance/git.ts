import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A Git repository for tests: files in, commits out. */
export class TestRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'slipway-sandbox-git-'));

  constructor() {
    this.git('init', '--quiet', '--initial-branch', 'main');
  }

  /** Writes files (undefined removes one) and commits; answers the commit. */
  commit(files: Record<string, object | string | undefined>): string {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      if (content === undefined) rmSync(file);
      else
        writeFileSync(
          file,
          typeof content === 'string' ? content : JSON.stringify(content),
        );
    }
    this.git('add', '--all');
    this.git(
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.test',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'change',
    );
    return this.git('rev-parse', 'HEAD');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private git(...args: string[]): string {
    return execFileSync('git', ['-C', this.folder, ...args], {
      encoding: 'utf8',
    }).trim();
  }
}
