import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestbedError } from '../errors.ts';
import { freePorts, LOOPBACK } from '../ports.ts';
import { startProcess, stopProcess, waitUntilReady } from '../process.ts';
import { builtGitea } from './build.ts';
import { giteaConfiguration } from './configuration.ts';

const START_MS = 60_000;
const ADMIN = 'slipway';

/** How a Gitea is started. */
export interface GiteaOptions {
  /** Ordinary users that are made at once, beside the administrator `slipway`. */
  users?: string[];
  log?: (message: string) => void;
}

/** Somebody who may ask it. */
export interface GiteaUser {
  name: string;
  password: string;
  /** With every scope. */
  token: string;
}

/** A running Gitea with an empty database of its own. */
export interface Gitea {
  url: string;
  /** Name and port. */
  host: string;
  pid: number;
  admin: GiteaUser;
  users: Record<string, GiteaUser>;
  stop(): Promise<void>;
}

/**
 * Starts a real Gitea on a free port of 127.0.0.1: repositories over HTTP, pull requests, reviews, statuses, webhooks,
 * tokens. Its web pages come without scripts and styles. It ends with `stop`, which removes all that it kept.
 */
export async function startGitea(options: GiteaOptions = {}): Promise<Gitea> {
  const { users = [], log = () => {} } = options;
  const { program, staticRoot } = await builtGitea(log);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-gitea-'));
  const configuration = join(folder, 'app.ini');
  const [port] = await freePorts(1);
  mkdirSync(join(folder, 'data'));
  chmodSync(folder, 0o700);
  writeFileSync(
    configuration,
    giteaConfiguration({
      folder,
      staticRoot,
      port,
      user: userInfo().username,
      secret: randomBytes(32).toString('hex'),
    }),
    { mode: 0o600 },
  );
  // Nothing of this machine's own Git configuration decides what a repository does.
  const env = {
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    USER: userInfo().username,
  };
  const command = async (...args: string[]) => {
    try {
      const { stdout } = await promisify(execFile)(
        program,
        ['--config', configuration, ...args],
        { cwd: folder, env: { PATH: process.env.PATH, ...env } },
      );
      // Warnings come first, on the same stream.
      return stdout.trim().split('\n').at(-1) ?? '';
    } catch (error) {
      throw new TestbedError(
        `gitea ${args.slice(0, 3).join(' ')} failed: ${(error as Error).message}`,
        { cause: error },
      );
    }
  };
  await command('migrate');
  const started = startProcess({
    name: 'gitea',
    command: program,
    args: ['--config', configuration, 'web'],
    env,
    logFile: join(folder, 'gitea.log'),
  });
  const stop = async () => {
    await stopProcess(started.pid, configuration);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = `http://${LOOPBACK}:${port}`;
    await waitUntilReady(
      started,
      async () => (await fetch(`${url}/api/v1/version`)).ok,
      START_MS,
    );
    const makeUser = async (
      name: string,
      ...flags: string[]
    ): Promise<GiteaUser> => {
      const password = randomBytes(16).toString('hex');
      await command(
        ...['admin', 'user', 'create', '--username', name],
        ...['--password', password, '--email', `${name}@example.org`],
        ...['--must-change-password=false', ...flags],
      );
      const token = await command(
        ...['admin', 'user', 'generate-access-token', '--username', name],
        ...['--scopes', 'all', '--raw'],
      );
      return { name, password, token };
    };
    const admin = await makeUser(ADMIN, '--admin');
    const others: Record<string, GiteaUser> = {};
    for (const name of users) others[name] = await makeUser(name);
    return {
      url,
      host: `${LOOPBACK}:${port}`,
      pid: started.pid,
      admin,
      users: others,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
