import type {
  SignalApi,
  SignalSubscriber,
} from '@backstage/plugin-signals-react';
import type { QueryClient } from '@tanstack/react-query';
import { LiveQueries } from './LiveQueries';
import { Numbers, readMessage } from './messages';

/** The channel of Backstage's signals that the backend sends on. */
const CHANNEL = 'slipway';

/** The backend says something at least every 12.5 s; two of these may be missing. */
const SILENCE_MS = 27_000;

/** How long the first word may take after a page was opened. */
const FIRST_WORD_MS = 15_000;

/** How often the silence is measured. */
const LISTEN_MS = 2_500;

/** How long a message may come late, because another one overtook it. */
const LATE_MS = 2_000;

/** Walking from one page to the next doesn't end the subscription. */
const LINGER_MS = 10_000;

/**
 * How well a page is kept up to date: `live` – told of every change; `connecting` – not told yet; `lost` – the
 * connection is gone, it asks by itself now and then; `off` – the app has no signals, it asks by itself.
 *
 * @internal
 */
export interface LiveState {
  state: 'live' | 'connecting' | 'lost' | 'off';
  since: Date;
}

/**
 * Keeps what is on screen up to date. The signals of Backstage don't say whether they are connected, and reconnect
 * without a word about what was missed: heartbeats tell the one, numbers the other.
 */
export class LiveUpdates {
  readonly queries: LiveQueries;
  private state: LiveState = { state: 'off', since: new Date() };
  private readonly listeners = new Set<() => void>();
  private readonly numbers = new Numbers();
  private users = 0;
  private subscription: SignalSubscriber | undefined;
  private heardAt = 0;
  private listening: ReturnType<typeof setInterval> | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private lingering: ReturnType<typeof setTimeout> | undefined;

  constructor(cache: QueryClient) {
    this.queries = new LiveQueries(cache);
  }

  readonly current = (): LiveState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Listens as long as anybody uses it. Returns the way to stop. */
  use(signals: SignalApi | undefined): () => void {
    if (!signals) return () => {};
    this.users++;
    clearTimeout(this.lingering);
    if (!this.subscription) this.open(signals);
    return () => {
      this.users--;
      if (this.users > 0) return;
      clearTimeout(this.lingering);
      this.lingering = setTimeout(() => this.close(), LINGER_MS);
    };
  }

  private open(signals: SignalApi): void {
    this.numbers.forget();
    this.heardAt = performance.now();
    this.become('connecting');
    this.subscription = signals.subscribe(CHANNEL, message =>
      this.heard(message),
    );
    this.listening = setInterval(() => this.listen(), LISTEN_MS);
    window.addEventListener('offline', this.offline);
    document.addEventListener('visibilitychange', this.listen);
  }

  private close(): void {
    this.subscription?.unsubscribe();
    this.subscription = undefined;
    clearInterval(this.listening);
    clearTimeout(this.waiting);
    this.waiting = undefined;
    window.removeEventListener('offline', this.offline);
    document.removeEventListener('visibilitychange', this.listen);
    this.become('off');
  }

  private heard(raw: unknown): void {
    const message = readMessage(raw);
    if (!message) return;
    this.heardAt = performance.now();
    if (this.state.state !== 'live') {
      // What happened before the first word, or while nothing was heard, is asked for.
      this.numbers.forget();
      this.numbers.heard(message);
      this.become('live');
      this.queries.all();
      return;
    }
    this.queries.move(Object.keys(message.topics));
    if (!this.numbers.heard(message)) {
      clearTimeout(this.waiting);
      this.waiting = undefined;
      return;
    }
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      if (this.numbers.skip()) this.queries.all();
    }, LATE_MS);
  }

  private readonly listen = (): void => {
    const silence = performance.now() - this.heardAt;
    const { state } = this.state;
    if (
      (state === 'live' && silence > SILENCE_MS) ||
      (state === 'connecting' && silence > FIRST_WORD_MS)
    )
      this.become('lost');
  };

  private readonly offline = (): void => this.become('lost');

  private become(state: LiveState['state']): void {
    if (this.state.state === state) return;
    this.state = { state, since: new Date() };
    for (const listener of this.listeners) listener();
  }
}
