import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { BackendOrder, Side } from './backendProcess';
import { type Viewer, VIEWER_HEADER, VIEWER_PROVIDER } from './viewers';

/** A portal of one side, and somebody who has signed in. */
export class Portal {
  static async start(
    side: Side,
    config: object,
    entityFile: string,
  ): Promise<Portal> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = fork(join(__dirname, 'backendProcess.ts'), {
      execArgv: process.execArgv,
      env: { ...process.env, NODE_ENV: 'development' },
    });
    const order: BackendOrder = {
      side,
      config: {
        app: { baseUrl: url },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        auth: { providers: { [VIEWER_PROVIDER]: { of: 'everybody' } } },
        permission: { enabled: true },
        catalog: catalogOf(entityFile),
        ...config,
      },
    };
    const started = heard(child, 'started');
    child.send(order);
    await started;
    return new Portal(child, url, await signIn(url, 0));
  }

  private readonly others = new Map<number, Promise<Viewer>>();

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {}

  /** So many people, each signed in once. */
  viewers(count: number): Promise<Viewer[]> {
    return Promise.all(
      Array.from({ length: count }, (_, i) => {
        let viewer = this.others.get(i);
        if (!viewer) {
          const { url } = this;
          viewer = signIn(url, i).then(token => ({ url, token }));
          this.others.set(i, viewer);
        }
        return viewer;
      }),
    );
  }

  /** Seconds of CPU so far. */
  async used(): Promise<number> {
    const answer = heard(this.child, 'used');
    this.child.send('used');
    return (await answer).used;
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.child.once('exit', resolve));
    this.child.disconnect();
    await ended;
  }
}

/** The one entity whose page is opened. */
function catalogOf(file: string): object {
  return {
    rules: [{ allow: ['Component'] }],
    locations: [{ type: 'file', target: file }],
  };
}

function heard(
  child: ChildProcess,
  name: string,
): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const gone = (code: number) =>
      reject(new Error(`The portal ended with ${code}`));
    const hear = (message: Record<string, number>) => {
      if (!(name in message)) return;
      child.off('message', hear);
      child.off('exit', gone);
      resolve(message);
    };
    child.on('message', hear);
    child.once('exit', gone);
  });
}

async function signIn(url: string, viewer: number): Promise<string> {
  const answer = await fetch(`${url}/api/auth/${VIEWER_PROVIDER}/refresh`, {
    headers: {
      'X-Requested-With': 'XMLHttpRequest',
      [VIEWER_HEADER]: `viewer-${viewer}`,
    },
  });
  const { backstageIdentity } = (await answer.json()) as {
    backstageIdentity?: { token: string };
  };
  if (!backstageIdentity) throw new Error(`No sign-in: ${answer.status}`);
  return backstageIdentity.token;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
