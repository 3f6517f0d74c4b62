import type { AddressInfo } from 'node:net';
import type { Person, TestPortal } from '../../../__testUtils__/testPortal';
import type { LiveMessage } from '../PublishedLiveSignals';

/** Gives up after a second, as Backstage's own client does. */
function connect(url: string): Promise<WebSocket | undefined> {
  return new Promise(resolve => {
    const socket = new WebSocket(url);
    const failed = () => {
      socket.close();
      resolve(undefined);
    };
    const timer = setTimeout(failed, 1_000);
    socket.onerror = failed;
    socket.onopen = () => {
      clearTimeout(timer);
      resolve(socket);
    };
  });
}

/** A browser's side of the signals. */
export class Page {
  static async open(replica: TestPortal): Promise<Page> {
    const { port } = replica.backend.server.address() as AddressInfo;
    const base = `http://localhost:${port}/api/signals`;
    // The signals backend starts to listen for upgrades when it sees the first one, which goes unanswered.
    let socket: WebSocket | undefined;
    for (let i = 0; i < 5 && !socket; i++)
      socket = await connect(base.replace('http', 'ws'));
    if (!socket) throw new Error('No connection for signals');
    socket.send(JSON.stringify({ action: 'subscribe', channel: 'slipway' }));
    return new Page(socket);
  }

  readonly messages: LiveMessage[] = [];
  private readonly listeners = new Set<(message: LiveMessage) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      const { message } = JSON.parse(String(data)) as { message: LiveMessage };
      this.messages.push(message);
      for (const listener of this.listeners) listener(message);
    };
  }

  onMessage(listener: (message: LiveMessage) => void): void {
    this.listeners.add(listener);
  }

  hears(topic: string): Promise<void> {
    return this.until(() =>
      this.messages.some(({ topics }) => topic in topics),
    );
  }

  async until(holds: () => boolean, ms = 45_000): Promise<void> {
    const deadline = Date.now() + ms;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`Not heard within ${ms} ms`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  close(): void {
    this.socket.close();
  }
}

/** What a page shows: asked for once, and again when a signal says so. */
export class View<T> {
  static async open<T>(
    page: Page,
    portal: TestPortal,
    path: string,
    person: Person = 'priya',
  ): Promise<View<T>> {
    const view = new View<T>(portal, path, person);
    page.onMessage(message => view.hear(message));
    await view.ask();
    return view;
  }

  /** The answer that it has now. */
  shown!: T;
  /** How often a signal made it ask. */
  asked = 0;
  private topics: string[] = [];
  private asking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly portal: TestPortal,
    private readonly path: string,
    private readonly person: Person,
  ) {}

  /** What is shown to somebody who looks now for the first time. */
  async fresh(): Promise<T> {
    return (await this.portal.as(this.person).get(this.path)).body as T;
  }

  /** When everything that it asked for has been answered. */
  async settled(): Promise<void> {
    await this.asking;
  }

  private hear({ topics }: LiveMessage): void {
    if (!this.topics.some(topic => topic in topics)) return;
    this.asked++;
    this.asking = this.asking.then(() => this.ask());
  }

  private async ask(): Promise<void> {
    const answer = await this.portal.as(this.person).get(this.path);
    if (answer.status !== 200) throw new Error(`${this.path} ${answer.status}`);
    this.topics = answer.headers['slipway-topics'].split(',');
    this.shown = answer.body as T;
  }
}
