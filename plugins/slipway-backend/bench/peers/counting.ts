import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What went through. */
export interface Counted {
  calls: number;
  bytes: number;
}

/** Stands between a portal and what it asks, and counts; nothing is kept. */
export interface CountingProxy {
  url: string;
  counted: Counted;
  close(): void;
}

/** Starts one in front of a server. */
export async function startCounting(
  target: string,
  ca?: string,
): Promise<CountingProxy> {
  const base = new URL(target);
  const secure = base.protocol === 'https:';
  const agent = secure
    ? new https.Agent({ keepAlive: true, ca })
    : new http.Agent({ keepAlive: true });
  const counted: Counted = { calls: 0, bytes: 0 };
  const server = http.createServer((incoming, outgoing) => {
    counted.calls++;
    const request = (secure ? https : http).request(
      {
        host: base.hostname,
        port: base.port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...incoming.headers, host: base.host },
        agent,
      },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        // A watch has begun with its headers; its first event may be long in coming.
        outgoing.flushHeaders();
        answer.on('data', (chunk: Buffer) => {
          counted.bytes += chunk.length;
        });
        answer.pipe(outgoing);
      },
    );
    request.on('error', () => outgoing.destroy());
    // A watch that nobody follows any more ends; a connection that has answered is kept.
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) request.destroy();
    });
    incoming.pipe(request);
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counted,
    close: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
