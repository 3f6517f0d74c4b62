import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import type { FaultProxy } from './FaultProxy';
import type { Ground } from './Ground';
import { until } from './processes';

const TOKEN = 'faults-of-a-test-and-nothing-else';

/** Headers of whoever asks in these tests: a machine that may do everything. */
export const HEADERS = { authorization: `Bearer ${TOKEN}` };

interface Options {
  ground: Ground;
  proxies: FaultProxy[];
  db: Knex;
  /** Also what its sessions are called in the database. */
  name: string;
  /** Merged over the section `slipway`. */
  slipway?: object;
}

/** One backend in a process of its own, on a database that it may share with others. */
export class BackendProcess {
  static async start(options: Options): Promise<BackendProcess> {
    const port = await freePort();
    const file = `${options.ground.git.root}/${options.name}-${port}.json`;
    await writeFile(file, JSON.stringify(configOf(options, port)));
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        resolvePackagePath(
          '@slipway/plugin-slipway-backend',
          'src/faults/__testUtils__/backendMain.ts',
        ),
        '--config',
        file,
      ],
      {
        // It ends with whoever started it.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...env,
          NODE_ENV: 'development',
          // What one of them has compiled, the next one doesn't have to.
          NODE_COMPILE_CACHE: `${options.ground.git.root}/compiled`,
        },
      },
    );
    return new BackendProcess(child, `http://127.0.0.1:${port}`);
  }

  /** What it has logged. */
  output = '';
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    const take = (chunk: Buffer) => {
      this.output += chunk;
    };
    child.stdout!.on('data', take);
    child.stderr!.on('data', take);
    this.ended = new Promise(resolve => child.once('exit', () => resolve()));
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.child.kill(signal);
  }

  async ready(): Promise<this> {
    let last: unknown;
    await until(
      async () => {
        if (this.hasEnded) throw new Error(`It ended: ${this.output}`);
        return this.get('/operations').then(
          ({ status, body }) => {
            last = body;
            return status === 200;
          },
          error => {
            last = error;
          },
        );
      },
      { seconds: 600, what: 'the backend answers' },
    ).catch(error => {
      throw new Error(
        `${error.message}: ${JSON.stringify(last)}\n${this.output.slice(-4_000)}`,
      );
    });
    return this;
  }

  /** Asks its API; a process that is frozen doesn't answer. The body is whatever JSON the path answers with. */
  async get(
    path: string,
  ): Promise<{ status: number; body: any; topics: string[] }> {
    const answer = await fetch(`${this.url}/api/slipway/v1alpha1${path}`, {
      headers: HEADERS,
      signal: AbortSignal.timeout(20_000),
    });
    return {
      status: answer.status,
      // The shape is the test's to know.
      body: await answer.json(),
      topics: (answer.headers.get('Slipway-Topics') ?? '').split(','),
    };
  }

  async stop(): Promise<void> {
    if (!this.hasEnded) this.signal('SIGKILL');
    await this.ended;
  }
}

function configOf(
  { ground, proxies, db, name, slipway }: Options,
  port: number,
) {
  const config = ground.config(proxies);
  const {
    host,
    port: dbPort,
    user,
    password,
    database,
  } = db.client.config.connection;
  return {
    ...config,
    slipway: { ...config.slipway, ...slipway },
    app: { baseUrl: 'http://127.0.0.1:3000' },
    permission: { enabled: false },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'pg',
        pluginDivisionMode: 'schema',
        connection: {
          host,
          port: dbPort,
          user,
          password,
          database,
          application_name: name,
        },
      },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'faults' } },
        ],
      },
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}
