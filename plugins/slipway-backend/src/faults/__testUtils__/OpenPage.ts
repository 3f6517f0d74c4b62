import type { BackendProcess } from './BackendProcess';

/** An open page of one environment on one backend: told by signals, it asks again when it is concerned. */
export class OpenPage {
  static async open(
    backend: BackendProcess,
    environment: string,
  ): Promise<OpenPage> {
    const page = new OpenPage(backend, environment);
    await page.ask();
    await page.listen();
    return page;
  }

  /** Names of the objects that it shows. */
  objects: string[] = [];
  /** How often it was told of something, for whoever asks why it does not show what it should. */
  told = 0;
  private topics: string[] = [];
  private socket: WebSocket | undefined;

  private constructor(
    private readonly backend: BackendProcess,
    private readonly environment: string,
  ) {}

  close(): void {
    this.socket?.close();
  }

  private async ask(): Promise<void> {
    const { body, topics } = await this.backend.get(
      `/environments/${this.environment}`,
    );
    this.topics = topics;
    this.objects = body.objects.map(({ name }: { name: string }) => name);
  }

  private async listen(): Promise<void> {
    // The signals backend takes connections over from the first one that asks: that one it may miss.
    for (let i = 0; i < 5 && !this.socket; i++)
      this.socket = await this.connect();
    if (!this.socket) throw new Error(`No signals at ${this.backend.url}`);
    this.socket.onmessage = ({ data }) => {
      const { message } = JSON.parse(String(data));
      this.told++;
      if (this.topics.some(topic => topic in (message?.topics ?? {})))
        void this.ask().catch(() => {});
    };
    this.socket.send(
      JSON.stringify({ action: 'subscribe', channel: 'slipway' }),
    );
  }

  private connect(): Promise<WebSocket | undefined> {
    const url = `${this.backend.url.replace('http', 'ws')}/api/signals`;
    return new Promise(resolve => {
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
