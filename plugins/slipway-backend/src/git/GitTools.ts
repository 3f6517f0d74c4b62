import { ObjectReaders } from './ObjectReader';
import { GitProcess, GitRunResult } from './process';
import { PureResults } from './PureResults';

/** The parts of one page ask for the same a little apart. */
const SHARED_MS = 1_000;

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

  /** Who asks for the same while it runs, or a moment later, gets the same answer; one that failed is asked for anew. */
  async shared(
    key: string,
    run: () => Promise<GitRunResult>,
  ): Promise<GitRunResult> {
    let running = this.#running.get(key);
    if (!running) {
      running = run();
      this.#running.set(key, running);
      const forget = () => this.#running.delete(key);
      running.then(() => setTimeout(forget, SHARED_MS).unref(), forget);
    }
    return running;
  }

  /** Ends every process that stays. */
  close(): void {
    this.readers.close();
  }
}
