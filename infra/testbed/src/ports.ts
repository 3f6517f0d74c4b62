import { createServer, type AddressInfo } from 'node:net';

/** Everything listens here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

/**
 * Different free loopback ports. All are held open until the last is known, so
 * that the system can't hand out one of them twice. Another program may still
 * take one before it is used; who starts a process tries again then.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, LOOPBACK, resolve);
      });
      return server;
    }),
  );
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(
      server => new Promise<void>(resolve => server.close(() => resolve())),
    ),
  );
  return ports;
}
