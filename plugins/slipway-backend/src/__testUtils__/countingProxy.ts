import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before an API server and counts what it is asked. */
export interface CountingProxy {
  url: string;
  /** Requests so far, each as verb and path. */
  requests: string[];
  close(): Promise<void>;
}

/** Starts a proxy to the server at `target`. */
export async function startCountingProxy(
  target: string,
): Promise<CountingProxy> {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const upstream = http.request(
      new URL(request.url!, target),
      { method: request.method, headers: request.headers },
      answer => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      },
    );
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}
