import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import { LOOPBACK } from '../ports.ts';
import { answerByGit } from './backend.ts';

/**
 * What can be wrong with a Git server: it hangs up on everybody, takes its time before it answers, or lets everybody read
 * and nobody push.
 *
 * @public
 */
export type GitFault = 'down' | 'refusePush' | { slowMs: number };

/** No repository can be called so: a path of Git has more parts. */
const FAULT_PATH = '/-fault';

/**
 * What a Git server is started with.
 *
 * @public
 */
export interface GitServerOptions {
  /** Folder of bare repositories: `<root>/a.git` is served as `<url>/a.git`. */
  root: string;
  /** A free one unless told otherwise. */
  port?: number;
}

/**
 * Bare repositories over smart HTTP on loopback, in this process.
 *
 * @public
 */
export interface GitServer {
  url: string;
  /** Where another process sets the fault: PUT it as JSON, `null` for none. It answers also while the server is down. */
  faultUrl: string;
  /** Replaces the fault that is there; undefined makes it well again. */
  setFault(fault: GitFault | undefined): void;
  stop(): Promise<void>;
}

/**
 * Serves a folder of bare repositories by Git's own program. Whoever reaches it may read and push.
 *
 * @public
 */
export async function startGitServer(
  options: GitServerOptions,
): Promise<GitServer> {
  const root = resolve(options.root);
  const sockets = new Set<Socket>();
  const waiting = new Set<NodeJS.Timeout>();
  let fault: GitFault | undefined;

  const setFault = (next: GitFault | undefined, except?: Socket) => {
    fault = next;
    if (next === 'down') hangUp(except);
  };
  const server = createServer((request, response) => {
    if (request.url === FAULT_PATH) {
      takeFault(request, response, next => setFault(next, request.socket));
      return;
    }
    if (fault === 'down') {
      request.socket.destroy();
      return;
    }
    if (fault === 'refusePush' && isPush(request.url ?? '')) {
      refuse(response);
      return;
    }
    const delay = typeof fault === 'object' ? fault.slowMs : 0;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      if (!response.destroyed) answerByGit(root, request, response);
    }, delay);
    waiting.add(timer);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const hangUp = (except?: Socket) => {
    for (const socket of sockets) if (socket !== except) socket.destroy();
  };

  await new Promise<void>((done, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, LOOPBACK, done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    faultUrl: `http://${LOOPBACK}:${port}${FAULT_PATH}`,
    setFault: next => setFault(next),
    stop: () =>
      new Promise(done => {
        for (const timer of waiting) clearTimeout(timer);
        server.close(() => done());
        hangUp();
      }),
  };
}

function isPush(url: string): boolean {
  const { pathname, searchParams } = new URL(url, 'http://git');
  return (
    pathname.endsWith('/git-receive-pack') ||
    searchParams.get('service') === 'git-receive-pack'
  );
}

function refuse(response: ServerResponse): void {
  response
    .writeHead(403, { 'content-type': 'text/plain' })
    .end('Pushes are refused for now.\n');
}

function takeFault(
  request: IncomingMessage,
  response: ServerResponse,
  setFault: (fault: GitFault | undefined) => void,
): void {
  let body = '';
  request.on('data', chunk => {
    body += chunk;
  });
  request.on('end', () => {
    try {
      setFault((JSON.parse(body) as GitFault | null) ?? undefined);
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end('A fault is JSON.\n');
    }
  });
}
