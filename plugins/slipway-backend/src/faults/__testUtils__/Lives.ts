import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Knex } from 'knex';
import type { FromLife, ToLife } from './lifeMessages';
import { until } from './processes';

const PACKAGE = '@slipway/plugin-slipway-backend';

/** Drivers of databases that are not used here, and that knex asks for by name only when they are. */
const ABSENT = [
  'better-sqlite3',
  'mariadb',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-native',
  'pg-query-stream',
  'sqlite3',
  'tedious',
];

/** How far into a step it is ended, in turn: what it does outside takes milliseconds, and a push some tens of them. */
const WITHIN_MS = [0, 1, 2, 4, 8, 16, 32, 64];

/** Ends a life where nothing of the step is done yet, or while it is done. */
export type Kill = 'before' | 'within';

interface Options {
  config: JsonObject;
  db: Knex;
  /** Folder for what is bundled. */
  folder: string;
  /** Asked before each step. */
  kill: (step: { key: string; step: string }) => Kill | undefined;
}

/** One backend after the other on the same ground: each is ended by SIGKILL, and the next one takes over. */
export class Lives {
  static async prepare(options: Options): Promise<Lives> {
    const file = join(options.folder, 'life.cjs');
    // As a program: its library checks for globals that a test has of its own.
    await promisify(execFile)(process.execPath, [
      require.resolve('esbuild/bin/esbuild'),
      resolvePackagePath(PACKAGE, 'src/faults/__testUtils__/lifeMain.ts'),
      '--bundle',
      '--platform=node',
      '--log-level=error',
      `--outfile=${file}`,
      ...ABSENT.map(name => `--external:${name}`),
    ]);
    return new Lives(options, file);
  }

  /** How many have begun. */
  count = 0;
  /** What people were told, by scope: what comes again under the same one replaces itself. */
  readonly told = new Map<string, string>();
  /** What all of them have logged. */
  output = '';
  private config: JsonObject;
  private current: ChildProcess | undefined;
  private next: ChildProcess | undefined;

  private constructor(
    private readonly options: Options,
    private readonly file: string,
  ) {
    this.config = options.config;
  }

  /** From the next life on they are configured like this; the one that lives ends. */
  async configure(config: JsonObject): Promise<void> {
    this.config = config;
    if (this.current) await end(this.current);
  }

  /** Lives on, one after the other, until it holds; what is seen outside counts, no life is asked. */
  async until(
    holds: () => Promise<boolean>,
    { seconds, what }: { seconds: number; what: string },
  ): Promise<void> {
    await until(
      () => {
        if (!this.current || hasEnded(this.current)) this.begin();
        return holds();
      },
      { seconds, what, everyMs: 50 },
    ).catch(error => {
      throw new Error(`${error.message}\n${this.output.slice(-8_000)}`);
    });
  }

  async stop(): Promise<void> {
    for (const life of [this.current, this.next]) if (life) await end(life);
  }

  private begin(): void {
    const life = this.next ?? this.load();
    // While one lives, the next one loads.
    this.next = this.load();
    this.current = life;
    this.count++;
    this.output += `--- life ${this.count}\n`;
    const say = (message: ToLife) => life.send(message);
    /** Whose step it is ended in. */
    let ending: string | undefined;
    life.on('message', (message: FromLife) => {
      if (life.killed) return;
      if (message.type === 'notice') {
        this.told.set(message.scope, message.title);
        say({ type: 'go-on' });
        return;
      }
      // That was faster: what comes next is no part of it, and has an end of its own.
      if (message.key === ending) {
        life.kill('SIGKILL');
        return;
      }
      const kill = ending === undefined && this.options.kill(message);
      if (kill)
        this.output += `killed ${kill} ${message.key}: ${message.step}\n`;
      if (kill === 'before') {
        life.kill('SIGKILL');
        return;
      }
      say({ type: 'go-on' });
      if (kill === 'within') {
        ending = message.key;
        const afterMs = WITHIN_MS[this.count % WITHIN_MS.length];
        setTimeout(() => life.kill('SIGKILL'), afterMs);
      }
    });
    const { host, port, user, password, database } =
      this.options.db.client.config.connection;
    say({
      type: 'begin',
      config: this.config,
      database: { host, port, user, password, database },
    });
  }

  private load(): ChildProcess {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const life = spawn(
      process.execPath,
      ['--disable-warning=DEP0040', this.file],
      {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...env,
          NODE_ENV: 'production',
          NODE_PATH: resolvePackagePath(PACKAGE, '../../node_modules'),
          // What the first one has compiled, the others don't have to.
          NODE_COMPILE_CACHE: join(this.options.folder, 'compiled'),
        },
      },
    );
    const take = (chunk: Buffer) => {
      this.output = `${this.output.slice(-50_000)}${chunk}`;
    };
    life.stdout!.on('data', take);
    life.stderr!.on('data', take);
    // Told to a process that was just killed.
    life.on('error', () => {});
    return life;
  }
}

async function end(life: ChildProcess): Promise<void> {
  if (hasEnded(life)) return;
  const ended = new Promise(resolve => life.once('exit', resolve));
  life.kill('SIGKILL');
  await ended;
}

function hasEnded(life: ChildProcess): boolean {
  return life.exitCode !== null || life.signalCode !== null;
}
