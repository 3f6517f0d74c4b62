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
  private topics: string[] = [];
  private socket!: WebSocket;

  private constructor(
    private readonly backend: BackendProcess,
    private readonly environment: string,
  ) {}

  close(): void {
    this.socket.close();
  }

  private async ask(): Promise<void> {
    const { body, topics } = await this.backend.get(
      `/environments/${this.environment}`,
    );
    this.topics = topics;
    this.objects = body.objects.map(({ name }: { name: string }) => name);
  }

  private async listen(): Promise<void> {
    const url = `${this.backend.url.replace('http', 'ws')}/api/signals`;
    this.socket = new WebSocket(url);
    this.socket.onmessage = ({ data }) => {
      const { message } = JSON.parse(String(data));
      if (this.topics.some(topic => topic in (message?.topics ?? {})))
        void this.ask().catch(() => {});
    };
    await new Promise<void>((resolve, reject) => {
      this.socket.onopen = () => resolve();
      this.socket.onerror = () => reject(new Error(`No signals at ${url}`));
    });
    this.socket.send(
      JSON.stringify({ action: 'subscribe', channel: 'slipway' }),
    );
  }
}
