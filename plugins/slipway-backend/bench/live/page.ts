import { HEADERS } from './stage';

/** As the plugin's pages wait: see `LiveQueries` there. */
const REST_MS = 250;
const SPREAD_MS = 50;

/** An open page of one environment, with the manners of the plugin's frontend. */
export class Page {
  /** Names of objects that are shown, each with the time when it was first. */
  readonly shown = new Map<string, number>();
  requests = 0;
  private topics: string[] = [];
  private socket: WebSocket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private endedAt = 0;

  constructor(
    private readonly api: string,
    private readonly environment: string,
  ) {}

  /** Is told of changes. */
  async live(): Promise<this> {
    await this.ask();
    for (let i = 0; i < 5 && !this.socket; i++)
      this.socket = await this.connect();
    if (!this.socket) throw new Error('No connection for signals');
    this.socket.send(
      JSON.stringify({ action: 'subscribe', channel: 'slipway' }),
    );
    this.socket.onmessage = ({ data }) => {
      const { topics } = JSON.parse(String(data)).message;
      if (this.topics.some(topic => topic in topics)) this.soon();
    };
    return this;
  }

  /** Asks by itself, as pages without signals do. */
  async polling(everyMs: number): Promise<this> {
    await this.ask();
    // Pages aren't opened all at once.
    this.timer = setTimeout(() => {
      this.timer = setInterval(() => void this.ask(), everyMs);
    }, Math.random() * everyMs);
    return this;
  }

  close(): void {
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private soon(): void {
    if (this.timer) return;
    const rest = REST_MS - (performance.now() - this.endedAt);
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.ask();
      },
      Math.max(0, rest) + Math.random() * SPREAD_MS,
    );
  }

  private async ask(): Promise<void> {
    this.requests++;
    const answer = await fetch(
      `${this.api}/slipway/v1alpha1/environments/${this.environment}`,
      { headers: HEADERS },
    );
    const { objects } = (await answer.json()) as {
      objects: Array<{ name: string }>;
    };
    this.topics = (answer.headers.get('Slipway-Topics') ?? '').split(',');
    this.endedAt = performance.now();
    for (const { name } of objects)
      if (!this.shown.has(name)) this.shown.set(name, this.endedAt);
  }

  private connect(): Promise<WebSocket | undefined> {
    return new Promise(resolve => {
      const url = `${this.api.replace('http', 'ws')}/signals`;
      const socket = new WebSocket(url);
      const failed = () => {
        socket.close();
        resolve(undefined);
      };
      const timer = setTimeout(failed, 2_000);
      socket.onerror = failed;
      socket.onopen = () => {
        clearTimeout(timer);
        resolve(socket);
      };
    });
  }
}
