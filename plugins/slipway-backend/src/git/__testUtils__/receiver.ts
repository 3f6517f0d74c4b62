import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address on loopback that webhooks deliver to, and what came there. */
export async function startReceiver(): Promise<{
  url: string;
  deliveries: Array<Record<string, unknown>>;
  /** The same, as they came. */
  requests: Array<{ headers: IncomingHttpHeaders; body: Buffer }>;
  close(): Promise<void>;
}> {
  const deliveries: Array<Record<string, unknown>> = [];
  const requests: Array<{ headers: IncomingHttpHeaders; body: Buffer }> = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    requests.push({ headers: request.headers, body });
    deliveries.push(JSON.parse(body.toString('utf8')));
    response.writeHead(204).end();
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    deliveries,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
