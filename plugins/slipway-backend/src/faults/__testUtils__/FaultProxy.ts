import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** What a proxy does to those that it stands between; all of it ends when it is set anew. */
export interface ProxyFaults {
  /** Of watches only the headers are passed on, as by a proxy that gathers bodies. */
  withholdWatches?: boolean;
  /** Each watch is cut so long after it began. */
  cutWatchesAfterMs?: number;
  /** Answers this instead of asking the server; undefined lets a request through. */
  answer?: (
    request: http.IncomingMessage,
    count: number,
  ) =>
    | { status: number; headers?: Record<string, string>; body?: object }
    | undefined;
}

/** A request that changes something, as it was let through. */
export interface Write {
  at: number;
  method: string;
  /** Without query. */
  path: string;
  dryRun: boolean;
}

/** Stands between a backend and one API server, and makes trouble when told to. */
export class FaultProxy {
  static async start(target: {
    url: string;
    ca?: string;
  }): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>(done =>
      proxy.server.listen(0, '127.0.0.1', () => done()),
    );
    return proxy;
  }

  /** Everything that was changed through it, in order. */
  readonly writes: Write[] = [];
  /** How often each status was answered, to watches and to the rest. */
  readonly statuses = new Map<string, number>();
  private faults: ProxyFaults = {};
  private count = 0;
  private readonly server: http.Server;
  private readonly watches = new Set<http.ServerResponse>();
  private readonly sockets = new Set<Socket>();
  private readonly dead = new WeakSet<Socket>();
  private readonly agent: https.Agent | http.Agent;
  private readonly request: typeof https.request;

  private constructor(private readonly target: { url: string; ca?: string }) {
    const secure = target.url.startsWith('https:');
    this.request = secure ? https.request : http.request;
    this.agent = secure
      ? new https.Agent({ keepAlive: true, ca: target.ca })
      : new http.Agent({ keepAlive: true });
    this.server = http.createServer((request, response) =>
      this.pass(request, response),
    );
    this.server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(faults: ProxyFaults): void {
    this.faults = faults;
    this.count = 0;
  }

  /** How often this status was answered to watches. */
  watchesAnswered(status: number): number {
    return this.statuses.get(`watch ${status}`) ?? 0;
  }

  /** Nothing passes on the connections that are open, without a word; new ones are as before. */
  loseConnections(): void {
    for (const socket of this.sockets) this.dead.add(socket);
  }

  /** Cuts all watches that are open. */
  cutWatches(): void {
    for (const response of this.watches) response.destroy();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
    this.agent.destroy();
  }

  private pass(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): void {
    const url = new URL(request.url!, this.target.url);
    const watch = url.searchParams.get('watch') === 'true';
    const { socket } = request;
    if (this.dead.has(socket)) return;
    const said = this.faults.answer?.(request, this.count++);
    if (said) {
      this.tally(watch, said.status);
      response.writeHead(said.status, {
        'content-type': 'application/json',
        ...said.headers,
      });
      response.end(
        JSON.stringify(
          said.body ?? {
            kind: 'Status',
            status: 'Failure',
            message: `told to answer ${said.status}`,
            code: said.status,
          },
        ),
      );
      return;
    }
    if (request.method !== 'GET') {
      this.writes.push({
        at: Date.now(),
        method: request.method!,
        path: url.pathname,
        dryRun: url.searchParams.has('dryRun'),
      });
    }
    const upstream = this.request(
      url,
      { method: request.method, headers: request.headers, agent: this.agent },
      answer => {
        this.tally(watch, answer.statusCode!);
        response.writeHead(answer.statusCode!, answer.headers);
        // A watch on which nothing happens has begun all the same.
        response.flushHeaders();
        if (watch) {
          answer.on('data', (chunk: Buffer) => {
            if (!this.faults.withholdWatches && !this.dead.has(socket))
              response.write(chunk);
          });
          answer.on('end', () => response.end());
        } else answer.pipe(response);
        if (watch)
          answer.on('data', (chunk: Buffer) => {
            // The API server begins such a watch well, and tells it in its first event.
            if (chunk.includes('"code":410')) this.tally(true, 410);
          });
        answer.on('error', () => response.destroy());
      },
    );
    upstream.on('error', () => response.destroy());
    response.on('close', () => {
      this.watches.delete(response);
      upstream.destroy();
    });
    request.pipe(upstream);
    if (!watch) return;
    this.watches.add(response);
    const { cutWatchesAfterMs } = this.faults;
    if (cutWatchesAfterMs !== undefined)
      setTimeout(() => response.destroy(), cutWatchesAfterMs).unref();
  }

  private tally(watch: boolean, status: number): void {
    const key = `${watch ? 'watch' : 'other'} ${status}`;
    this.statuses.set(key, (this.statuses.get(key) ?? 0) + 1);
  }
}
