import { ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { webSettings, type Platform, type WebPorts } from './platform.ts';
import { sandboxPlatform } from './sandboxPlatform.ts';
import { seedRepositories } from './seed.ts';

/** Ports of one portal. */
export interface Ports extends WebPorts {
  /** One a sandbox cluster: sandbox-eu, sandbox-us. */
  sandbox?: [number, number];
}

/** The ports of app-config.yaml. */
const DEFAULT_PORTS: Ports = { frontend: 3000, backend: 7007 };

/** A portal that was started by {@link startPortal}. */
export interface Portal {
  frontendUrl: string;
  backendUrl: string;
  logFile: string;
  platform: Platform;
  /** Resolves with the exit code when the portal ends by itself. */
  ended: Promise<number>;
  /** Resolves when frontend and backend answer; rejects with the end of the log when they don't. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

const READY_TIMEOUT_MS = 600_000;

/** How a portal is started. */
export interface PortalOptions {
  state: string;
  ports?: Ports;
  /** The embedded sandbox unless told otherwise. */
  platform?: Platform;
  onLine?: (line: string) => void;
  extraConfig?: object;
  /** What the extra configuration takes from the environment. */
  extraEnv?: Record<string, string>;
}

/** Seeds what is missing in the state folder, then starts backend and frontend as one process group. */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const { state, ports = DEFAULT_PORTS } = options;
  const platform =
    options.platform ?? (await sandboxPlatform(state, ports.sandbox));
  if (!platform.isSeeded) await seedRepositories(state);
  await mkdir(join(state, 'logs'), { recursive: true });
  await mkdir(join(state, 'database'), { recursive: true });
  const configs = [...platform.configFiles];
  const extra = [
    ...(ports === DEFAULT_PORTS ? [] : [webSettings(ports)]),
    ...platform.settings,
    ...(options.extraConfig ? [options.extraConfig] : []),
  ];
  for (const [i, content] of extra.entries()) {
    const file = join(state, `app-config.${i}.json`);
    await writeFile(file, JSON.stringify(content, null, 2));
    configs.push(file);
  }
  const logFile = join(state, 'logs', 'portal.log');
  const log = createWriteStream(logFile);
  const child: ChildProcess = spawn(
    'yarn',
    [
      'backstage-cli',
      'repo',
      'start',
      ...configs.flatMap(c => ['--config', c]),
    ],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        FORCE_COLOR: '0',
        BROWSER: 'none',
        NODE_OPTIONS:
          '--no-node-snapshot --disable-warning=ExperimentalWarning',
        SLIPWAY_STATE_DIR: state,
        ...platform.env,
        ...options.extraEnv,
      },
    },
  );
  let rest = '';
  const take = (chunk: Buffer) => {
    log.write(chunk);
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) options.onLine?.(line);
  };
  child.stdout!.on('data', take);
  child.stderr!.on('data', take);
  let over = false;
  const ended = new Promise<number>(resolvePromise => {
    child.on('close', code => {
      over = true;
      log.end();
      resolvePromise(code ?? 1);
    });
  });
  const frontendUrl = `http://localhost:${ports.frontend}`;
  const backendUrl = `http://localhost:${ports.backend}`;

  async function waitUntilReady(): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    let backend = false;
    let frontend = false;
    while (!(backend && frontend)) {
      if (over)
        throw new Error(
          `The portal ended while it was starting. Its log: ${logFile}`,
        );
      if (Date.now() > deadline)
        throw new Error(
          `The portal did not answer in time. Its log: ${logFile}`,
        );
      backend ||= await answers(`${backendUrl}/.backstage/health/v1/readiness`);
      frontend ||= await answers(frontendUrl);
      await new Promise(r => setTimeout(r, 300));
    }
  }

  return {
    frontendUrl,
    backendUrl,
    logFile,
    platform,
    ended,
    ready: waitUntilReady(),
    async stop() {
      if (over || child.pid === undefined) return;
      // The group, as backstage-cli starts one process for the backend and one for the frontend.
      process.kill(-child.pid, 'SIGTERM');
      const killed = setTimeout(
        () => over || process.kill(-child.pid!, 'SIGKILL'),
        15_000,
      );
      await ended;
      clearTimeout(killed);
    },
  };
}
