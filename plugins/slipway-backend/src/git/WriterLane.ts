import { ConflictError } from '@backstage/errors';
import {
  GitAuthor,
  GitHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { WriteRequest, WriteResult } from '../ports/GitWriter';
import { backoffMs, Pauses } from './retry';
import {
  changesFor,
  commitText,
  entriesBelow,
  isConflict,
  isTransient,
  overlaps,
  sizeOf,
} from './writeBatch';

interface Caller {
  resolve(result: WriteResult): void;
  reject(error: unknown): void;
}

/** A request, everybody who waits for it, and how much it weighs. */
interface Waiting {
  request: WriteRequest;
  bytes: number;
  /** More than one when a newer request for the folder took over an older one's callers. */
  callers: Caller[];
}

/** What one commit may hold. */
export interface BatchLimits {
  requests: number;
  bytes: number;
}

/** How long a commit waits for company while the branch is busy. */
export interface Pace {
  /** It goes when nobody has come for so long. */
  quietMs: number;
  /** It goes after so long, whoever comes. */
  maxMs: number;
}

/** Everything that a lane shares with the others of its writer. */
export interface LaneOptions {
  host: GitHost;
  repository: RepositoryRef;
  limits: BatchLimits;
  maxAttempts: number;
  slipway: GitAuthor;
  pauses: Pauses;
  pace?: Pace;
}

/** The one writer of a branch in this process: while a commit is on its way, what comes in makes up the next one. */
export class WriterLane {
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #running?: Promise<void>;
  /** When the last commit was made, and when somebody asked last. */
  #committedAt = -Infinity;
  #askedAt = -Infinity;

  constructor(private readonly options: LaneOptions) {}

  depth(): number {
    return (
      this.#inFlight +
      this.#waiting.reduce((sum, item) => sum + item.callers.length, 0)
    );
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  write(request: WriteRequest): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      this.#askedAt = performance.now();
      this.#waiting.push({
        request,
        bytes: sizeOf(request),
        callers: [{ resolve, reject }],
      });
      this.#running ??= this.#drain().finally(() => {
        this.#running = undefined;
      });
    });
  }

  async #drain(): Promise<void> {
    // Whoever asks in the same turn of the event loop belongs to the first batch already.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#company();
      const batch = this.#takeBatch();
      this.#inFlight = batch.reduce(
        (sum, item) => sum + item.callers.length,
        0,
      );
      await this.#writeOrSplit(batch);
      this.#committedAt = performance.now();
    }
  }

  /**
   * Waits for others while the branch is busy: a push costs every reader of the repository a fetch, and two writers that
   * push at every chance are in each other's way. The first commit after a rest goes at once, and so does a full one.
   */
  async #company(): Promise<void> {
    const { pace, limits, pauses } = this.options;
    if (!pace || performance.now() - this.#committedAt > pace.maxMs) return;
    const until = performance.now() + pace.maxMs;
    for (;;) {
      const now = performance.now();
      const goesAt = Math.min(this.#askedAt + pace.quietMs, until);
      if (goesAt <= now || this.#waiting.length >= limits.requests) return;
      await pauses.sleep(goesAt - now);
    }
  }

  /** In the order of asking, within the limits. For one folder the newest counts, and all who asked get its result. */
  #takeBatch(): Waiting[] {
    const batch = new Map<string, Waiting>();
    let bytes = 0;
    let taken = 0;
    for (const item of this.#waiting) {
      const { folder } = item.request;
      const older = batch.get(folder);
      const total = bytes - (older?.bytes ?? 0) + item.bytes;
      const full =
        batch.size > 0 &&
        ((!older && batch.size >= this.options.limits.requests) ||
          total > this.options.limits.bytes);
      // Within a folder that another request replaces as a whole, the order matters: that is for the next commit.
      const tangled = [...batch.keys()].some(
        other => other !== folder && overlaps(other, folder),
      );
      if (full || tangled) break;
      batch.set(folder, {
        ...item,
        callers: [...(older?.callers ?? []), ...item.callers],
      });
      bytes = total;
      taken++;
    }
    this.#waiting = this.#waiting.slice(taken);
    return [...batch.values()];
  }

  /** A batch that can't be written is halved until the request that spoils it stands alone and fails alone. */
  async #writeOrSplit(batch: Waiting[]): Promise<void> {
    try {
      await this.#writeBatch(batch);
    } catch (error) {
      if (batch.length === 1 || isTransient(error) || isConflict(error)) {
        batch.forEach(item =>
          item.callers.forEach(caller => caller.reject(error)),
        );
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.#writeOrSplit(batch.slice(0, middle));
      await this.#writeOrSplit(batch.slice(middle));
    }
  }

  /** Commits on the head; when that moved meanwhile, looks again and does it anew on the new one, a counted number of times. */
  async #writeBatch(batch: Waiting[]): Promise<void> {
    const { maxAttempts, pauses } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#writeOnce(batch);
        return;
      } catch (error) {
        if (!isTransient(error) && !isConflict(error)) throw error;
        if (attempt >= maxAttempts) {
          throw isTransient(error)
            ? error
            : tooManyAttempts(this.options.repository, maxAttempts, error);
        }
        await pauses.sleep(backoffMs(attempt, pauses.random));
      }
    }
  }

  async #writeOnce(batch: Waiting[]): Promise<void> {
    const { host, repository, slipway } = this.options;
    const head = await host.head(repository);
    const folders = batch.map(item => item.request.folder);
    const entries = head
      ? await host.listFiles(repository, { commit: head, prefixes: folders })
      : [];
    const below = entriesBelow(entries, folders);
    const plans = batch.map(item => ({
      item,
      files: changesFor(item.request, below.get(item.request.folder) ?? []),
    }));
    const changed = plans.filter(plan => plan.files.length > 0);
    const unchanged = plans.filter(plan => plan.files.length === 0);
    if (changed.length > 0) {
      const requests = changed.map(plan => plan.item.request);
      const result = await host.commit({
        repository,
        files: changed.flatMap(plan => plan.files),
        ...commitText(requests, slipway),
        expectedHead: head ?? null,
      });
      changed.forEach(({ item }) =>
        this.#settle(item, caller => caller.resolve(result)),
      );
    }
    // An empty folder in a repository without any commit: there is no commit to name.
    const same = { commit: head ?? '', changed: false };
    unchanged.forEach(({ item }) =>
      this.#settle(item, caller => caller.resolve(same)),
    );
  }

  /** Counts down first, so that whoever is answered finds it gone from the depth. */
  #settle(item: Waiting, answer: (caller: Caller) => void): void {
    this.#inFlight -= item.callers.length;
    item.callers.forEach(answer);
  }
}

function tooManyAttempts(
  repository: RepositoryRef,
  attempts: number,
  last: unknown,
): ConflictError {
  return new ConflictError(
    `A commit to the branch "${repository.branch}" met ${attempts} conflicts one after another and was given up; ` +
      `nothing was lost. Try again when fewer others write to it`,
    last,
  );
}
