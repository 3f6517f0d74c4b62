import { NotAllowedError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AnswerTooLargeError,
  CredentialsRefusedError,
  StreamCutError,
  StreamSilentError,
} from '../ports/ClusterErrors';
import type { KubernetesObject } from '../ports/Clusters';
import {
  type ClusterWatch,
  ResourceVersionExpiredError,
} from '../ports/ClusterWatch';
import type { Watched } from './selections';

/** Where the objects of a watch go. */
export interface WatchSink {
  upsert(object: KubernetesObject): void;
  remove(uid: string): void;
  /** After a full list: whatever is not in it has been deleted. */
  retain(uids: Set<string>): void;
}

/** How well the watch knows its objects. */
export interface WatchAge {
  /**
   * `absent`: the cluster does not serve the kind, or doesn't let us see it where we can do without; looked at again now
   * and then.
   */
  state: 'starting' | 'live' | 'stale' | 'unreachable' | 'absent';
  /** When the server was last heard. */
  asOf?: Date;
  message?: string;
  /** The server answers, but doesn't know who asks. */
  credentials?: true;
  /** The server answers, and doesn't let us see it. */
  refused?: true;
}

/** Times of a watch. */
export interface WatchSettings {
  pageSize: number;
  /** A server sends a bookmark about every minute; on what is silent for longer nobody may be there. */
  idleMs: number;
  /** How long the server keeps one stream open at least; twice that at most, so that not all end at once. */
  streamSeconds: number;
  /** The first wait after an error; doubles up to the maximum, with full jitter. */
  retryMs: number;
  maxRetryMs: number;
  /** The wait after a list without an end. */
  endlessMs: number;
  /** How often a kind that is not served is looked for. */
  absentMs: number;
  /** Since when a source that does not answer is called unreachable rather than stale. */
  staleMs: number;
  /** How often a kind that never has an event is listed, where other streams of its cluster carry something. */
  verifyMs: number;
}

/** Settings for an ordinary API server. */
export const WATCH_SETTINGS: WatchSettings = {
  pageSize: 500,
  idleMs: 90_000,
  streamSeconds: 300,
  retryMs: 500,
  maxRetryMs: 30_000,
  endlessMs: 600_000,
  absentMs: 60_000,
  staleMs: 10_000,
  verifyMs: 600_000,
};

/** Several times what 5,000 environments have of their most frequent kind. */
const MAX_OBJECTS = 200_000;

/** Pages may be shorter than asked for, a few times. */
const SPARE_PAGES = 100;

/** A server that accepts every watch is there, whoever cuts them: it is asked again after a short pause at most. */
const CUTS_COUNTED = 2;

/** So many streams in a row that carried nothing are doubted. */
const DOUBTED = 2;

const MUTE =
  'Its watches carry nothing: changes are seen only when everything is listed, every few minutes. Something on the way, a proxy say, keeps back what is streamed.';

/** Reading so much costs the whole process, so it isn't tried again soon. */
class EndlessListError extends Error {
  constructor({ kind }: Watched) {
    super(`The list of ${kind} has no end`);
  }
}

interface Options {
  source: ClusterWatch;
  selection: Watched;
  sink: WatchSink;
  settings: WatchSettings;
  now: () => Date;
  random: () => number;
  /** Objects of one list at most; more is no list that a cluster of ours has. */
  maxObjects?: number;
  /** Called when the age changes in kind, not with every event. */
  onState: () => void;
  /** When any stream of the same cluster last carried anything; shared by its watches. */
  carried?: { at?: number };
}

/**
 * Keeps one kind of one cluster in memory: lists it in pages, watches from there, resumes where a stream ended, lists
 * again when the server has forgotten that version, and never gives up.
 */
export class SupervisedWatch {
  static create(options: Options): SupervisedWatch {
    return new SupervisedWatch(options);
  }

  private readonly end = new AbortController();
  private stream: AbortController | undefined;
  private running: Promise<void> | undefined;
  private age: WatchAge = { state: 'starting' };
  private resourceVersion: string | undefined;
  private failures = 0;
  private openedAt: number | undefined;
  private brokenSince: number | undefined;
  private nap: AbortController | undefined;
  private silentStreams = 0;
  /** The next list tells whether the silence before it was calm. */
  private verifying = false;
  private listedAt = 0;
  /** Of the last list, while no event has come since. */
  private digest: string | undefined;
  /** A list brought what the streams had not. */
  private mute = false;
  private pageSize: number;

  private constructor(private readonly options: Options) {
    this.pageSize = options.settings.pageSize;
  }

  /** What it watches. */
  get selection(): Watched {
    return this.options.selection;
  }

  /** Since when nothing has been heard, though it was asked; undefined while all is well. */
  get brokenAt(): number | undefined {
    return this.brokenSince;
  }

  start(): void {
    this.running ??= this.run();
  }

  /**
   * Asks for the rest on a new connection. After an outage nobody knows whether the old one still carries anything, and
   * silence on it would pass for calm.
   */
  reopen(): void {
    this.stream?.abort();
    // It is back, so there is no reason to wait for the next try.
    this.nap?.abort();
  }

  /** Ends the stream and waits until nothing is written any more. */
  async stop(): Promise<void> {
    this.end.abort();
    await this.running;
  }

  /** How well the objects are known at this moment. */
  current(): WatchAge {
    const { age } = this;
    return age.state === 'stale' && this.silent()
      ? { ...age, state: 'unreachable' }
      : age;
  }

  private silent(): boolean {
    const { now, settings } = this.options;
    // A stream on which nothing happens is heard seldom; it is away only from when it broke.
    const since = this.age.asOf ? (this.brokenSince ?? now().getTime()) : 0;
    return now().getTime() - since > settings.staleMs;
  }

  private async run(): Promise<void> {
    const { settings, now } = this.options;
    const { signal } = this.end;
    while (!signal.aborted) {
      const began = now().getTime();
      try {
        if (
          !(await this.unlessStopped(
            this.options.source.serves(this.options.selection),
          ))
        ) {
          if (signal.aborted) return;
          this.forget();
          await this.pause(settings.absentMs);
          continue;
        }
        if (this.resourceVersion === undefined) await this.list();
        const reopening = await this.watch();
        this.stream = undefined;
        if (reopening) continue;
        this.failures = 0;
        // A server that ends every stream at once must not be asked in a loop.
        if (now().getTime() - began < settings.retryMs)
          await this.pause(settings.retryMs);
      } catch (error) {
        if (signal.aborted) return;
        if (this.stream?.signal.aborted) {
          // Left while it was being opened: no failure of the server's.
          this.stream = undefined;
          continue;
        }
        if (error instanceof StreamSilentError) {
          // No news of the server's: the heartbeat tells whether it is there, and so does the next stream.
          this.stream = undefined;
          this.silentStreams++;
          this.verifying = this.isDoubtful();
          if (this.verifying) this.resourceVersion = undefined;
          continue;
        }
        // A stream that lasted was good; what cut it, a proxy say, is no failure of what it sent.
        const { openedAt } = this;
        if (openedAt && now().getTime() - openedAt > settings.staleMs)
          this.failures = 0;
        this.openedAt = undefined;
        await this.recover(error);
      }
    }
  }

  private async list(): Promise<void> {
    const { source, selection, sink, settings } = this.options;
    const { maxObjects = MAX_OBJECTS } = this.options;
    const uids = new Set<string>();
    const digest = createHash('sha256');
    const asked = new Set<string>();
    let next: string | undefined;
    let resourceVersion: string;
    do {
      const page = await source.listPage(selection, {
        limit: this.pageSize,
        continue: next,
        signal: this.end.signal,
      });
      if (this.end.signal.aborted) return;
      for (const object of page.items) {
        const { uid = '', resourceVersion: version } = object.metadata;
        uids.add(uid);
        digest.update(`${uid} ${version}\n`);
        sink.upsert(object);
      }
      next = page.continue;
      resourceVersion = page.resourceVersion;
      // A list that leads back to itself, or has no end, would be read for ever.
      if (next !== undefined && asked.has(next))
        throw new EndlessListError(selection);
      asked.add(next ?? '');
      const pages = maxObjects / this.pageSize + SPARE_PAGES;
      if (uids.size > maxObjects || asked.size > pages)
        throw new EndlessListError(selection);
    } while (next);
    sink.retain(uids);
    this.pageSize = settings.pageSize;
    this.resourceVersion = resourceVersion;
    this.listed(digest.digest('base64'));
  }

  /** Whether a list has to tell if really nothing happened, or its events are kept back. */
  private isDoubtful(): boolean {
    const { carried, settings, now } = this.options;
    if (this.mute) return true;
    if (this.silentStreams < DOUBTED) return false;
    const ms = now().getTime();
    // What reaches us on other streams would on this one; some kinds have nothing to tell.
    const othersCarry =
      carried?.at !== undefined && ms - carried.at < DOUBTED * settings.idleMs;
    return !othersCarry || ms - this.listedAt >= settings.verifyMs;
  }

  private listed(digest: string): void {
    const { now } = this.options;
    const untold =
      this.verifying && this.digest !== undefined && this.digest !== digest;
    this.digest = digest;
    this.verifying = false;
    this.silentStreams = 0;
    this.listedAt = now().getTime();
    this.mute ||= untold;
    this.heard();
  }

  /** Something came on a stream. */
  private carries(): void {
    this.silentStreams = 0;
    this.mute = false;
    if (this.options.carried)
      this.options.carried.at = this.options.now().getTime();
  }

  /** Follows one stream to its end; true when it was left to open another one. */
  private async watch(): Promise<boolean> {
    const { source, selection, sink, settings, random } = this.options;
    this.stream = new AbortController();
    const { signal: left } = this.stream;
    const signal = AbortSignal.any([this.end.signal, left]);
    const events = source.watch(selection, {
      resourceVersion: this.resourceVersion!,
      timeoutSeconds: Math.round(settings.streamSeconds * (1 + random())),
      idleMs: settings.idleMs,
      signal,
    });
    for await (const event of events) {
      if (signal.aborted) return left.aborted;
      if (event.type === 'OPENED') {
        // It is there; whether what it sends is any good, is seen by what it sends.
        this.openedAt = this.options.now().getTime();
        this.brokenSince = undefined;
        this.become(this.known());
        continue;
      }
      this.carries();
      if (event.type === 'BOOKMARK') {
        this.resourceVersion = event.resourceVersion;
      } else {
        const { metadata } = event.object;
        this.digest = undefined;
        if (event.type === 'DELETED') sink.remove(metadata.uid ?? '');
        else sink.upsert(event.object);
        this.resourceVersion = metadata.resourceVersion ?? this.resourceVersion;
      }
      this.heard();
    }
    if (signal.aborted) return left.aborted;
    // A stream that the server ended in order says that it was there until now.
    this.heard();
    return false;
  }

  private async recover(error: unknown): Promise<void> {
    const { settings, random, selection } = this.options;
    // What happened while nobody could ask was kept back by nobody.
    this.verifying = false;
    if (error instanceof NotAllowedError && selection.optional) {
      this.forget((error as Error).message);
      await this.pause(settings.absentMs);
      return;
    }
    if (error instanceof AnswerTooLargeError && this.pageSize > 1) {
      // Big objects come in smaller pages; one that is too big alone is an error like others.
      this.pageSize = Math.max(1, Math.floor(this.pageSize / 4));
      this.resourceVersion = undefined;
      return;
    }
    if (error instanceof ResourceVersionExpiredError) {
      this.resourceVersion = undefined;
      // The first time it is plain that a new list helps; a list that expires again and again is no cure.
      if (this.failures++ === 0) return;
    } else {
      this.failures++;
    }
    if (error instanceof StreamCutError)
      this.failures = Math.min(this.failures, CUTS_COUNTED);
    this.brokenSince ??= this.options.now().getTime();
    const { asOf } = this.age;
    this.become({
      state: this.silent() ? 'unreachable' : 'stale',
      asOf,
      message: (error as Error).message,
      ...(error instanceof CredentialsRefusedError && { credentials: true }),
      ...(error instanceof NotAllowedError && { refused: true }),
    });
    if (error instanceof EndlessListError) {
      await this.pause(settings.endlessMs);
      return;
    }
    const ceiling = Math.min(
      settings.maxRetryMs,
      settings.retryMs * 2 ** Math.min(this.failures, 16),
    );
    await this.pause(ceiling * random());
  }

  /** The kind is gone, and its objects with it. */
  private forget(message?: string): void {
    this.resourceVersion = undefined;
    this.failures = 0;
    this.options.sink.retain(new Set());
    this.become({ state: 'absent', asOf: this.options.now(), message });
  }

  private heard(): void {
    this.failures = 0;
    this.brokenSince = undefined;
    this.become(this.known());
  }

  /** The server was heard at this moment; whether all it has to say arrives is another matter. */
  private known(): WatchAge {
    const asOf = this.options.now();
    return this.mute
      ? { state: 'stale', asOf, message: MUTE }
      : { state: 'live', asOf };
  }

  private become(age: WatchAge): void {
    const { state, refused } = this.age;
    this.age = age;
    if (state !== age.state || refused !== age.refused) this.options.onState();
  }

  /** An answer that is still under way when we stop is not waited for; nothing of it is written. */
  private async unlessStopped<T>(answer: Promise<T>): Promise<T | undefined> {
    const { signal } = this.end;
    if (signal.aborted) return undefined;
    let stop = () => {};
    const stopped = new Promise<undefined>(resolve => {
      stop = () => resolve(undefined);
      signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([answer, stopped]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private async pause(ms: number): Promise<void> {
    this.nap = new AbortController();
    const signal = AbortSignal.any([this.end.signal, this.nap.signal]);
    try {
      await sleep(ms, undefined, { signal, ref: false });
    } catch {
      // Stopped or woken while waiting, which is what the wait is for.
    }
    this.nap = undefined;
  }
}
