import { createServer } from 'node:net';

/** Free loopback ports, found together so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>(
          (resolvePromise, reject) => {
            const server = createServer();
            server.once('error', reject);
            server.listen(0, '127.0.0.1', () => resolvePromise(server));
          },
        ),
    ),
  );
  const ports = servers.map(
    server => (server.address() as { port: number }).port,
  );
  await Promise.all(
    servers.map(server => new Promise(done => server.close(done))),
  );
  return ports;
}
