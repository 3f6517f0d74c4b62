import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReadyAddon } from './addons/index.ts';
import { createAdminToken, requestToken } from './admin.ts';
import { API_SERVICE_IP, apiserver } from './apiserver.ts';
import { applyObjects } from './apply.ts';
import type { Binaries } from './build.ts';
import { certificateFiles, makeCertificates } from './certs.ts';
import type { ClusterContext, Component } from './component.ts';
import { controllerManager } from './controllerManager.ts';
import { EXIT_MISSING_TOOL, TestbedError } from './errors.ts';
import { etcd, ETCD_PEER } from './etcd.ts';
import { writeFileAtomic } from './files.ts';
import { createKubeClient, type KubeClient } from './kubeClient.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { freePorts, LOOPBACK } from './ports.ts';
import {
  logTail,
  startProcess,
  stopProcess,
  waitUntilReady,
} from './process.ts';
import { isOurs } from './processIdentity.ts';
import {
  clusterPaths,
  readRecord,
  removeState,
  writeRecord,
  type ClusterPaths,
  type ClusterRecord,
} from './state.ts';
import { binaryVersion } from './version.ts';

/** The control plane, in the order of its start; it ends in the opposite one. */
const COMPONENTS: Component[] = [etcd, apiserver, controllerManager];

/** A cold API server on a busy machine with two cores. */
const READY_TIMEOUT_MS = 120_000;
/** Another program may take a chosen port first; twice in a row is no accident. */
const START_ATTEMPTS = 3;

/**
 * A cluster that runs.
 *
 * @public
 */
export interface TestbedCluster {
  name: string;
  /** Of the API server, with its port. */
  url: string;
  /** Path of an administrator's kubeconfig (client certificate). */
  kubeconfig: string;
  /** Path of the CA's certificate, PEM. */
  caFile: string;
  /** The CA's certificate as Backstage and kubeconfig files want it: base64 of the PEM. */
  caData: string;
  /** Path of a file that holds `adminToken`. */
  tokenFile: string;
  /** Bearer token of a service account that is bound to cluster-admin. */
  adminToken: string;
  /** Path of a kubectl of the same version; KUBEBUILDER_ASSETS may have none. */
  kubectl?: string;
  /** Process ids by program, for tests that pause or kill one of them. */
  pids: Record<string, number>;
  /** A token of any service account in the cluster; an hour unless told otherwise. */
  tokenFor(
    namespace: string,
    serviceAccount: string,
    expirationSeconds?: number,
  ): Promise<string>;
}

/** Starts a cluster in a folder that holds none. */
export async function startCluster(options: {
  stateRoot: string;
  name: string;
  binaries: Binaries;
  ownerPid?: number;
}): Promise<TestbedCluster> {
  const paths = clusterPaths(options.stateRoot, options.name);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(paths, options);
    } catch (error) {
      const portTaken = COMPONENTS.some(component =>
        logTail(paths.log(component.name)).includes('address already in use'),
      );
      // The folder stays for whoever reads its logs; the next start removes it.
      await endProcesses(paths);
      if (!portTaken || attempt >= START_ATTEMPTS) throw error;
      removeState(paths);
    }
  }
}

async function startOnce(
  paths: ClusterPaths,
  options: { name: string; binaries: Binaries; ownerPid?: number },
): Promise<TestbedCluster> {
  const portNames = [...COMPONENTS.map(component => component.name), ETCD_PEER];
  const numbers = await freePorts(portNames.length);
  const ports = Object.fromEntries(
    portNames.map((name, index) => [name, numbers[index]]),
  );
  const url = `https://${LOOPBACK}:${ports[apiserver.name]}`;
  const record: ClusterRecord = {
    name: options.name,
    phase: 'starting',
    createdAt: new Date().toISOString(),
    url,
    ownerPid: options.ownerPid,
    kubectl: options.binaries.kubectl,
    processes: {},
  };
  // Written before anything else exists: whatever happens from here on, the
  // next run finds what to end and what to remove.
  writeRecord(paths, record);
  mkdirSync(dirname(paths.log('any')), { recursive: true });

  const [certificates, versions] = await Promise.all([
    makeCertificates(paths.pki, API_SERVICE_IP),
    Promise.all(
      COMPONENTS.map(({ name }) => binaryVersion(options.binaries[name])),
    ),
  ]);
  const client = adminClient(url, paths);
  try {
    const context: ClusterContext = { paths, url, ports, certificates, client };
    for (const [index, component] of COMPONENTS.entries()) {
      await startComponent(
        { ...component, version: versions[index] },
        { context, record, binaries: options.binaries },
      );
    }
    writeFileAtomic(paths.tokenFile, await createAdminToken(client));
  } finally {
    client.close();
  }
  writeKubeconfig({
    path: paths.kubeconfig,
    cluster: `slipway-${options.name}`,
    user: `slipway-${options.name}-admin`,
    url,
    caFile: certificates.ca.certificate,
    certificateFile: certificates.admin.certificate,
    keyFile: certificates.admin.key,
  });
  writeRecord(paths, { ...record, phase: 'ready' });
  return openCluster(paths);
}

/** Starts one process and waits until it is ready. It is recorded before anything else happens. */
async function startComponent(
  component: Component,
  {
    context,
    record,
    binaries,
  }: { context: ClusterContext; record: ClusterRecord; binaries: Binaries },
): Promise<void> {
  const { name, program = name, version = '' } = component;
  const { paths } = context;
  const binary: string | undefined = binaries[program];
  if (binary === undefined) {
    throw new TestbedError(
      `${name} needs the program ${program}, which the folder of KUBEBUILDER_ASSETS lacks; ` +
        'put it there, or unset the variable to have everything built.',
      { exitCode: EXIT_MISSING_TOOL },
    );
  }
  component.prepare?.(context);
  const started = startProcess({
    name,
    command: component.linked
      ? linkTo(binary, join(paths.dir, 'bin', name))
      : binary,
    args: component.args(context),
    env: component.env?.(context),
    logFile: paths.log(name),
  });
  record.processes[name] = {
    pid: started.pid,
    port: component.fixedPort ?? context.ports[name],
    version,
    startedAt: new Date().toISOString(),
  };
  writeRecord(paths, record);
  await waitUntilReady(
    started,
    () => component.isReady(context),
    READY_TIMEOUT_MS,
  );
}

/** Starts what of an add-on does not run yet in a cluster that is ready. */
export async function startAddon(
  paths: ClusterPaths,
  { addon, objects, binaries }: ReadyAddon,
  controlPlane: Binaries,
): Promise<void> {
  const record = readRecord(paths);
  if (!record) throw new TestbedError(`${paths.dir} holds no cluster.`);
  const missing = addon.components.filter(({ name }) => {
    const started = record.processes[name];
    return started === undefined || !isOurs(started.pid, paths.marker);
  });
  if (missing.length === 0) return;
  await takePorts(record, missing);
  await withAdminClient(paths, async client => {
    await applyObjects(client, objects);
    for (const component of missing) {
      await startComponent(component, {
        context: {
          paths,
          url: record.url,
          ports: record.ports ?? {},
          certificates: certificateFiles(paths.pki),
          client,
        },
        record,
        binaries: { ...controlPlane, ...binaries },
      });
    }
  });
}

/** Gives each port that these components need a number, all before the first of them starts: they talk to each other. */
async function takePorts(
  record: ClusterRecord,
  components: Component[],
): Promise<void> {
  const known = record.ports ?? {};
  const names = components
    .flatMap(({ name, morePorts = [] }) => [name, ...morePorts])
    .filter(name => known[name] === undefined);
  const numbers = await freePorts(names.length);
  record.ports = {
    ...known,
    ...Object.fromEntries(names.map((name, index) => [name, numbers[index]])),
  };
}

function linkTo(program: string, link: string): string {
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(program, link);
  return link;
}

/** Whether a cluster can be used as it is. */
export function isRunning(
  paths: ClusterPaths,
  record: ClusterRecord | undefined,
): boolean {
  return (
    record?.phase === 'ready' &&
    COMPONENTS.every(({ name }) => {
      const started = record.processes[name];
      return started !== undefined && isOurs(started.pid, paths.marker);
    })
  );
}

/** Gives the handle of a cluster that is ready. */
export function openCluster(paths: ClusterPaths): TestbedCluster {
  const record = readRecord(paths);
  if (record?.phase !== 'ready') {
    throw new TestbedError(`${paths.dir} holds no cluster that is ready.`);
  }
  const caFile = certificateFiles(paths.pki).ca.certificate;
  return {
    name: record.name,
    url: record.url,
    kubeconfig: paths.kubeconfig,
    caFile,
    caData: readFileSync(caFile).toString('base64'),
    tokenFile: paths.tokenFile,
    adminToken: readFileSync(paths.tokenFile, 'utf8'),
    kubectl: record.kubectl,
    pids: Object.fromEntries(
      Object.entries(record.processes).map(([name, { pid }]) => [name, pid]),
    ),
    tokenFor: async (namespace, serviceAccount, expirationSeconds = 3_600) =>
      withAdminClient(paths, client =>
        requestToken(client, namespace, serviceAccount, expirationSeconds),
      ),
  };
}

/** Runs some work with an administrator's client and closes it afterwards. */
export async function withAdminClient<T>(
  paths: ClusterPaths,
  work: (client: KubeClient) => Promise<T>,
): Promise<T> {
  const record = readRecord(paths);
  if (!record) throw new TestbedError(`${paths.dir} holds no cluster.`);
  const client = adminClient(record.url, paths);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

/** Ends what was recorded, whatever state it is in, and removes the folder. */
export async function stopCluster(
  stateRoot: string,
  name: string,
): Promise<void> {
  const paths = clusterPaths(stateRoot, name);
  await endProcesses(paths);
  removeState(paths);
}

async function endProcesses(paths: ClusterPaths): Promise<void> {
  const processes = Object.values(readRecord(paths)?.processes ?? {});
  // Recorded in the order of their start.
  for (const { pid } of processes.toReversed())
    await stopProcess(pid, paths.marker);
}

function adminClient(url: string, paths: ClusterPaths): KubeClient {
  const { ca, admin } = certificateFiles(paths.pki);
  return createKubeClient({
    url,
    ca: readFileSync(ca.certificate, 'utf8'),
    certificate: readFileSync(admin.certificate, 'utf8'),
    key: readFileSync(admin.key, 'utf8'),
  });
}
