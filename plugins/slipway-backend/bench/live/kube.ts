import http from 'node:http';
import https from 'node:https';

/** Where an API server is, and who asks. */
export interface KubeAccess {
  url: string;
  token: string;
  ca?: string;
}

/** The leanest client there is: kept connections, so many at once. */
export class Kube {
  private readonly agent: http.Agent;
  private readonly base: URL;

  constructor(
    private readonly access: KubeAccess,
    connections: number,
  ) {
    this.base = new URL(access.url);
    this.agent =
      this.base.protocol === 'https:'
        ? new https.Agent({
            keepAlive: true,
            maxSockets: connections,
            ca: access.ca,
          })
        : new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Sends one request; gives the parsed answer, and throws when it is no success. */
  async request<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<T> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const answer = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        const send = this.base.protocol === 'https:' ? https : http;
        const outgoing = send.request(new URL(path, this.base), {
          method,
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.access.token}`,
            accept: 'application/json',
            ...(payload !== undefined && {
              'content-type': contentType,
              'content-length': Buffer.byteLength(payload),
            }),
          },
        });
        outgoing.on('error', reject).on('response', resolve);
        outgoing.end(payload);
      },
    );
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const status = answer.statusCode ?? 0;
    if (status < 200 || status >= 300)
      throw new Error(`${method} ${path}: ${status} ${text.slice(0, 400)}`);
    return JSON.parse(text) as T;
  }

  /** Server-side apply, as Slipway's. */
  apply(path: string, object: object): Promise<unknown> {
    return this.request(
      'PATCH',
      `${path}?fieldManager=bench&force=false&fieldValidation=Strict`,
      object,
      'application/apply-patch+yaml',
    );
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Works on all items, so many at once. */
export async function pooled<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(concurrency, items.length) }, async () => {
      while (next < items.length) {
        const index = next++;
        await work(items[index], index);
      }
    }),
  );
}
