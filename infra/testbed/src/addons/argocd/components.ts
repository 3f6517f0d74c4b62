import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createConnection } from 'node:net';
import { delimiter, join } from 'node:path';
import type { ClusterContext, Component } from '../../component.ts';
import { writeFileAtomic } from '../../files.ts';
import { LOOPBACK } from '../../ports.ts';
import type { ClusterPaths } from '../../state.ts';
import { ARGOCD_VERSION } from '../../tools.ts';
import { ARGOCD_NAMESPACE } from './names.ts';

/**
 * How often Argo CD looks into Git by itself. It does so every two to three minutes where it serves people; a test waits
 * for it.
 */
const RESYNC = '10s';
/** How long Argo CD keeps a failure of Git to itself; three minutes where it serves people. */
const GRACE_SECONDS = '10';

/** The repository server asks it about every commit; this is its answer about one that nobody has signed. */
const NO_SIGNATURE = '#!/bin/sh\nexit 0\n';

const PROBE_TIMEOUT_MS = 2_000;

/** Name of what listens beside the program's own port. */
const metricsOf = (name: string) => `${name}-metrics`;
const at = (port: number) => `${LOOPBACK}:${port}`;

const REDIS = 'argocd-redis';
const REPO_SERVER = 'argocd-repo-server';
const SERVER = 'argocd-server';
const CONTROLLER = 'argocd-application-controller';
const APPLICATION_SETS = 'argocd-applicationset-controller';

/** Folder for what Argo CD's programs write and read beside the API server. */
const folderOf = (paths: ClusterPaths) => join(paths.dir, 'argocd');
const binOf = (paths: ClusterPaths) => join(folderOf(paths), 'bin');
const passwordFileOf = (paths: ClusterPaths) =>
  join(folderOf(paths), 'redis-password');

/** In memory, with a password: what is in it becomes objects of the cluster. */
const redis: Component = {
  name: REDIS,
  program: 'redis',
  version: 'v2.40.0',
  prepare({ paths }) {
    mkdirSync(folderOf(paths), { recursive: true, mode: 0o700 });
    const file = passwordFileOf(paths);
    // What runs already knows the one that is there.
    if (!existsSync(file))
      writeFileAtomic(file, randomBytes(24).toString('base64'));
  },
  args: ({ paths, ports }) => [
    '-address',
    at(ports[REDIS]),
    '-password-file',
    passwordFileOf(paths),
  ],
  isReady: ({ ports }) => accepts(ports[REDIS]),
};

const repoServer: Component = {
  name: REPO_SERVER,
  program: 'argocd',
  version: ARGOCD_VERSION,
  linked: true,
  morePorts: [metricsOf(REPO_SERVER)],
  prepare: makeFolders,
  env: environment,
  args: ({ ports }) => [
    `--address=${LOOPBACK}`,
    `--port=${ports[REPO_SERVER]}`,
    `--metrics-address=${LOOPBACK}`,
    `--metrics-port=${ports[metricsOf(REPO_SERVER)]}`,
    `--redis=${at(ports[REDIS])}`,
    '--disable-tls',
    '--client-ca-path=',
  ],
  isReady: ({ ports }) => isHealthy(ports[metricsOf(REPO_SERVER)]),
};

const server: Component = {
  name: SERVER,
  program: 'argocd',
  version: ARGOCD_VERSION,
  linked: true,
  morePorts: [metricsOf(SERVER)],
  prepare: makeFolders,
  env: environment,
  args: ({ paths, ports }) => [
    ...kubernetes(paths),
    `--address=${LOOPBACK}`,
    `--port=${ports[SERVER]}`,
    `--metrics-address=${LOOPBACK}`,
    `--metrics-port=${ports[metricsOf(SERVER)]}`,
    '--insecure',
    // It serves its API; the pages that people look at are no part of the Go module.
    `--staticassets=${join(folderOf(paths), 'assets')}`,
    ...neighbours(ports),
  ],
  isReady: ({ ports }) => isHealthy(ports[SERVER]),
};

const controller: Component = {
  name: CONTROLLER,
  program: 'argocd',
  version: ARGOCD_VERSION,
  linked: true,
  prepare: makeFolders,
  env: environment,
  args: ({ paths, ports }) => [
    ...kubernetes(paths),
    // Its port serves metrics and health, no more.
    `--metrics-port=${ports[CONTROLLER]}`,
    ...neighbours(ports),
  ],
  isReady: ({ ports }) => isHealthy(ports[CONTROLLER]),
};

const PROBES = `${APPLICATION_SETS}-probes`;

const applicationSets: Component = {
  name: APPLICATION_SETS,
  program: 'argocd',
  version: ARGOCD_VERSION,
  linked: true,
  morePorts: [metricsOf(APPLICATION_SETS), PROBES],
  prepare: makeFolders,
  env: environment,
  args: ({ paths, ports }) => [
    ...kubernetes(paths),
    `--webhook-addr=${at(ports[APPLICATION_SETS])}`,
    `--metrics-addr=${at(ports[metricsOf(APPLICATION_SETS)])}`,
    `--probe-addr=${at(ports[PROBES])}`,
    `--argocd-repo-server=${at(ports[REPO_SERVER])}`,
    '--repo-server-plaintext',
  ],
  // It checks nothing there: that it listens is all it says.
  isReady: ({ ports }) => accepts(ports[PROBES]),
};

/** In the order of their start. */
export const ARGOCD_COMPONENTS: Component[] = [
  redis,
  repoServer,
  server,
  controller,
  applicationSets,
];

/** Where Argo CD's API is, once it was started. */
export function argocdServerUrl(port: number): string {
  return `http://${at(port)}`;
}

/** Names of Argo CD's own programs; its Redis is not one of them. */
export const ARGOCD_PROGRAMS = ARGOCD_COMPONENTS.map(({ name }) => name);
export const ARGOCD_SERVER = SERVER;

function kubernetes(paths: ClusterPaths): string[] {
  return [
    `--kubeconfig=${paths.kubeconfig}`,
    `--namespace=${ARGOCD_NAMESPACE}`,
  ];
}

function neighbours(ports: Record<string, number>): string[] {
  return [
    `--redis=${at(ports[REDIS])}`,
    `--repo-server=${at(ports[REPO_SERVER])}`,
    '--repo-server-plaintext',
  ];
}

function makeFolders({ paths }: ClusterContext): void {
  mkdirSync(binOf(paths), { recursive: true });
  for (const name of ['home', 'tmp', 'tls', 'ssh', 'assets'])
    mkdirSync(join(folderOf(paths), name), { recursive: true });
  writeFileSync(join(binOf(paths), 'git-verify-wrapper.sh'), NO_SIGNATURE, {
    mode: 0o755,
  });
}

function environment({ paths }: ClusterContext): Record<string, string> {
  const folder = folderOf(paths);
  return {
    PATH: [binOf(paths), process.env.PATH].join(delimiter),
    // Nothing of the person's own Git configuration, and nothing left behind in the system's temporary folder.
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    GIT_CONFIG_NOSYSTEM: '1',
    KUBECONFIG: paths.kubeconfig,
    // Lets https://kubernetes.default.svc be this cluster for a program that runs outside of it.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: join(folder, 'tls'),
    ARGOCD_SSH_DATA_PATH: join(folder, 'ssh'),
    ARGOCD_RECONCILIATION_TIMEOUT: RESYNC,
    ARGOCD_RECONCILIATION_JITTER: '0s',
    ARGOCD_REPO_ERROR_GRACE_PERIOD_SECONDS: GRACE_SECONDS,
    REDIS_PASSWORD: readFileSync(passwordFileOf(paths), 'utf8'),
  };
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const outgoing = get(
      `http://${at(port)}/healthz`,
      { timeout: PROBE_TIMEOUT_MS, agent: false },
      response => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, LOOPBACK, () => {
      socket.destroy();
      resolve(true);
    });
    socket.setTimeout(PROBE_TIMEOUT_MS, () =>
      socket.destroy(new Error('no answer')),
    );
    socket.on('error', reject);
  });
}
