import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, killToRestart, type Restarted, until } from './processes';

/** A PostgreSQL of one test, which may end it and start it again. */
export class OwnPostgres {
  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-own-postgres-'));
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(
      process.execPath,
      [
        resolvePackagePath(
          '@slipway/plugin-slipway-backend',
          'src/database/__testUtils__/postgres-server.mjs',
        ),
        folder,
        String(process.pid),
      ],
      { stdio: 'ignore', env },
    );
    const state = await until(
      () =>
        readFile(join(folder, 'state.json'), 'utf8').then(
          JSON.parse,
          () => undefined,
        ),
      { what: 'PostgreSQL starts' },
    );
    if (!state.connection) throw new Error(`It did not start: ${state.error}`);
    return new OwnPostgres(folder, child.pid!, state.connection);
  }

  private restarted: Restarted | undefined;

  private constructor(
    private readonly folder: string,
    /** Starts the server, and removes what it leaves. */
    private readonly keeper: number,
    readonly connection: string,
  ) {}

  /** Ends the server; it is started again by what is handed out. */
  async end(signal: 'SIGKILL' | 'SIGINT'): Promise<{ restart(): void }> {
    const server = this.restarted?.pid ?? childOf(this.keeper);
    const { restart } = await killToRestart(
      server,
      join(this.folder, 'log'),
      signal,
    );
    return {
      restart: () => {
        this.restarted = restart();
      },
    };
  }

  async stop(): Promise<void> {
    await this.restarted?.stop();
    if (isAlive(this.keeper)) process.kill(this.keeper, 'SIGTERM');
    await until(() => !isAlive(this.keeper));
    await rm(this.folder, { recursive: true, force: true });
  }
}

function childOf(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ');
  if (!child) throw new Error(`${pid} has started no PostgreSQL`);
  return Number(child);
}
