import { ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.ts';
import { demoSecrets } from './secrets.ts';
import { seedRepositories } from './seed.ts';

/** Ports of one portal. */
export interface Ports {
  frontend: number;
  backend: number;
  /** One a sandbox cluster: sandbox-eu, sandbox-us. */
  sandbox: [number, number];
}

/** The ports of app-config.yaml. */
export const DEFAULT_PORTS: Ports = {
  frontend: 3000,
  backend: 7007,
  sandbox: [7017, 7018],
};

/** A portal that was started by {@link startPortal}. */
export interface Portal {
  frontendUrl: string;
  backendUrl: string;
  logFile: string;
  sandboxToken: string;
  /** One a sandbox cluster, in the order of the configuration. */
  sandboxUrls: string[];
  /** Resolves with the exit code when the portal ends by itself. */
  ended: Promise<number>;
  /** Resolves when frontend and backend answer; rejects with the end of the log when they don't. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

/** Settings that differ from app-config.yaml, as a further config file (arrays can't be set by environment). */
function overrides(ports: Ports): object {
  const urls = ports.sandbox.map(port => `http://127.0.0.1:${port}`);
  const names = ['sandbox-eu', 'sandbox-us'];
  const regions = ['eu', 'us'];
  return {
    app: { baseUrl: `http://localhost:${ports.frontend}` },
    backend: {
      baseUrl: `http://localhost:${ports.backend}`,
      listen: { host: '127.0.0.1', port: ports.backend },
      cors: { origin: `http://localhost:${ports.frontend}` },
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: names.map((name, i) => ({
            name,
            title: `Sandbox ${regions[i].toUpperCase()} (stand-in)`,
            url: urls[i],
            authProvider: 'serviceAccount',
            // eslint-disable-next-line no-template-curly-in-string -- resolved by Backstage's config loader
            serviceAccountToken: '${SLIPWAY_SANDBOX_TOKEN}',
            skipMetricsLookup: true,
          })),
        },
      ],
    },
    slipway: {
      clusters: names.map((name, i) => ({
        name,
        region: regions[i],
        sandbox: true,
        argocd: { namespace: 'argocd', destination: { server: urls[i] } },
      })),
      sandbox: {
        clusters: names.map((name, i) => ({
          name,
          region: regions[i],
          port: ports.sandbox[i],
        })),
      },
    },
  };
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

const READY_TIMEOUT_MS = 240_000;

/** Seeds what is missing in the state folder, then starts backend and frontend as one process group. */
export async function startPortal(options: {
  state: string;
  ports?: Ports;
  onLine?: (line: string) => void;
  extraConfig?: object;
}): Promise<Portal> {
  const { state, ports = DEFAULT_PORTS } = options;
  const secrets = await demoSecrets(state);
  await seedRepositories(state);
  await mkdir(join(state, 'logs'), { recursive: true });
  await mkdir(join(state, 'database'), { recursive: true });
  const configs = [join(ROOT, 'app-config.yaml')];
  const extra = [
    ...(ports === DEFAULT_PORTS ? [] : [overrides(ports)]),
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
        SLIPWAY_SANDBOX_TOKEN: secrets.sandboxToken,
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
    sandboxToken: secrets.sandboxToken,
    sandboxUrls: ports.sandbox.map(port => `http://127.0.0.1:${port}`),
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
