import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Credentials } from './apiserver/auth/tokens';
import { isObject } from './apiserver/json';
import { Snapshot, Store } from './apiserver/store';
import { SandboxLogger } from './types';

/** Writes follow a change this late, so that a burst of changes costs one write. */
const DEBOUNCE_MS = 500;

interface StateFile {
  format: 1;
  credentials: Credentials;
  snapshot: Snapshot;
}

/** Thrown when a state file was written by something else. */
function parse(text: string): StateFile {
  const value: unknown = JSON.parse(text);
  if (
    !isObject(value) ||
    value.format !== 1 ||
    !isObject(value.snapshot) ||
    !isObject(value.credentials)
  ) {
    throw new Error('it is no state file of this version of the sandbox');
  }
  return value as unknown as StateFile;
}

/**
 * Keeps one cluster's objects in a file: replaced as a whole, never changed in place, so that a crash leaves the old or
 * the new state. The file holds tokens and is readable by its owner only.
 */
export class ClusterState {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private dirty = false;

  private constructor(
    private readonly file: string,
    private readonly logger: SandboxLogger,
    readonly credentials: Credentials,
    readonly snapshot: Snapshot | undefined,
  ) {}

  static async open(
    folder: string,
    cluster: string,
    fresh: () => Credentials,
    logger: SandboxLogger,
  ): Promise<ClusterState> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${cluster}.json`);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return new ClusterState(file, logger, fresh(), undefined);
    }
    try {
      const { credentials, snapshot } = parse(text);
      return new ClusterState(file, logger, credentials, snapshot);
    } catch (error) {
      const aside = `${file}.broken-${Date.now()}`;
      await rename(file, aside);
      logger.error(
        `sandbox cluster ${cluster}: its state can't be read (${(error as Error).message}); the cluster starts empty, the file is now ${aside}`,
      );
      return new ClusterState(file, logger, fresh(), undefined);
    }
  }

  /** Saves the store's objects soon after each change. */
  follow(store: Store): () => void {
    return store.subscribe(() => this.schedule(store));
  }

  schedule(store: Store): void {
    this.dirty = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush(store);
    }, DEBOUNCE_MS);
  }

  /** Writes what isn't written yet. A full disk is told, and tried again with the next change. */
  async flush(store: Store): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write(store));
    await this.writing;
  }

  private async write(store: Store): Promise<void> {
    if (!this.dirty) return;
    this.dirty = false;
    const state: StateFile = {
      format: 1,
      credentials: this.credentials,
      snapshot: store.snapshot(),
    };
    const temporary = `${this.file}.tmp`;
    try {
      const handle = await open(temporary, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify(state));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await chmod(temporary, 0o600);
      await rename(temporary, this.file);
    } catch (error) {
      this.dirty = true;
      this.logger.error(
        `sandbox: the state can't be saved to ${this.file}: ${(error as Error).message}`,
      );
    }
  }
}
