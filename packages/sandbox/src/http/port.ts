import {
  Server as HttpServer,
  RequestListener,
  createServer as createHttp,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { AddressInfo, Server, Socket, createServer } from 'node:net';
import { Certificate } from './certificate';

/** The first byte of a TLS handshake. */
const TLS_HANDSHAKE = 0x16;

/** One port that speaks HTTP and HTTPS: what a connection begins with decides. */
export class Port {
  private readonly server: Server;
  private readonly speakers: HttpServer[];
  private readonly sockets = new Set<Socket>();

  constructor(certificate: Certificate, listener: RequestListener) {
    const plain = createHttp(listener);
    const secure = createHttps(
      { cert: certificate.cert, key: certificate.key },
      listener,
    );
    this.speakers = [plain, secure];
    for (const one of this.speakers) {
      // Watches are long; Node's own limits are for ordinary requests.
      one.requestTimeout = 0;
      one.keepAliveTimeout = 90_000;
    }
    this.server = createServer(socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      // A client may go before it says anything; its end is told by 'close'.
      socket.on('error', () => socket.destroy());
      // 'readable' and not 'data': the socket must not flow before a speaker takes it over.
      socket.once('readable', () => {
        const first = socket.read() as Buffer | null;
        if (!first) return;
        socket.unshift(first);
        const speaker = first[0] === TLS_HANDSHAKE ? secure : plain;
        speaker.emit('connection', socket);
      });
    });
  }

  async listen(host: string, port: number): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return this.server.address() as AddressInfo;
  }

  /** Ends every connection: watches would keep the port open for ever. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>(resolve =>
      this.server.close(() => resolve()),
    );
    for (const socket of this.sockets) socket.destroy();
    await closed;
    // They never listened themselves; this ends the timer with which each looks after idle connections.
    for (const one of this.speakers) one.close();
  }
}
