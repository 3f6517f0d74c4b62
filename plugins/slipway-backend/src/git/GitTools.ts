import { ObjectReaders } from './ObjectReader';
import { GitProcess, GitRunResult } from './process';
import { PureResults } from './PureResults';

/** What all repositories of a host work with: git itself, the readers that stay, and answers that can't change. */
export class GitTools {
  readonly process: GitProcess;
  readonly readers: ObjectReaders;
  readonly results = new PureResults<GitRunResult>();
  readonly #running = new Map<string, Promise<GitRunResult>>();

  constructor(options: { binary?: string } = {}) {
    this.process = new GitProcess(options);
    this.readers = new ObjectReaders(this.process);
  }

  /** Who asks for the same while it runs gets the same answer. */
  async shared(
    key: string,
    run: () => Promise<GitRunResult>,
  ): Promise<GitRunResult> {
    let running = this.#running.get(key);
    if (!running) {
      running = run().finally(() => this.#running.delete(key));
      this.#running.set(key, running);
    }
    return running;
  }

  /** Ends every process that stays. */
  close(): void {
    this.readers.close();
  }
}
