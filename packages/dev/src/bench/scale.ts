import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterApi } from '../lib/clusterApi.ts';
import { launchBrowser } from '../story/browser.ts';
import { measurePages } from './scale/browser.ts';
import { churn } from './scale/churn.ts';
import {
  ENVIRONMENTS,
  makeApplications,
  makePods,
  pooled,
  seedFleet,
  tellHealth,
} from './scale/fleet.ts';
import {
  FleetReader,
  startFleetPortal,
  type FleetCluster,
  type Listed,
} from './scale/portal.ts';
import { backendOf, useOf } from './scale/process.ts';

// A portal of the repository, as `npm start` runs it, on a real API server with a large fleet. There is no other to
// compare with: each figure has a limit of its own, or stands for itself.
const small = process.env.SLIPWAY_BENCH_SMALL === '1';
const FLEET = small ? 40 : 1_000;
const APPLICATIONS = small ? 400 : 5_000;
const REST_MS = small ? 5_000 : 20_000;
const CHURN_MS = small ? 5_000 : 20_000;
const CHANGES_A_SECOND = 200;

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

function report(
  name: string,
  what: string,
  ours: number | string,
  unit: string,
): void {
  process.stdout.write(
    `${JSON.stringify({ name: `scale ${name}`, what, ours, other: null, ratio: null, unit })}\n`,
  );
}

const tell = (message: string) => process.stderr.write(`${message}\n`);

const handed = process.env.SLIPWAY_BENCH_CLUSTERS;
if (!handed) throw new Error('Run this by "npm run bench scale".');
const [cluster] = JSON.parse(handed) as FleetCluster[];
const api = new ClusterApi({
  name: 'eu',
  url: cluster.url,
  token: cluster.adminToken,
  ca: Buffer.from(cluster.caData, 'base64').toString('utf8'),
});
const state = await mkdtemp(join(tmpdir(), 'slipway-scale-'));
let portal = await startFirst();
try {
  await fill();
  await portal.stop();
  portal = await startFleetPortal(state, cluster);
  await measure();
} finally {
  await portal.stop();
  await rm(state, { recursive: true, force: true });
}
process.exit();

async function startFirst() {
  await seedFleet(state, FLEET / ENVIRONMENTS.length);
  await api.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'argocd' },
  });
  return startFleetPortal(state, cluster);
}

async function fleet(reader: FleetReader): Promise<Listed[]> {
  return (await reader.get<{ items: Listed[] }>('/environments')).items;
}

/** Everything is provisioned, runs, and is said to be healthy. */
async function fill(): Promise<void> {
  await portal.ready;
  const reader = await FleetReader.enter(portal);
  const is = (type: string) => async () => {
    const items = await fleet(reader);
    return (
      items.length >= FLEET &&
      items.every(({ conditions }) =>
        conditions.some(c => c.type === type && c.status === 'True'),
      )
    );
  };
  const others = makeApplications(api, APPLICATIONS - FLEET, cluster.url);
  const took = await reader.until(
    `${FLEET} environments provisioned`,
    is('Provisioned'),
    600,
    3_000,
  );
  await others;
  tell(`provisioned in ${rounded(took / 1_000)} s`);
  const pods = await makePods(api, state);
  await pooled(await fleet(reader), environment =>
    tellHealth(api, environment, 'Healthy'),
  );
  tell(`${pods} Pods, and all Applications are said to be healthy`);
  await reader.until('all synced', is('Synced'), 120, 1_000);
}

async function measure(): Promise<void> {
  const began = performance.now();
  await portal.ready.catch(() => undefined);
  const reader = await FleetReader.enter(portal);
  await reader.until(
    'the watches know the cluster',
    async () => {
      const { items } = await reader.get<{
        items: Array<{ age: { state: string } }>;
      }>('/clusters');
      return items.every(({ age }) => age.state === 'live');
    },
    120,
    100,
  );
  report(
    'start',
    `from the start of backend and frontend until the index knows ${APPLICATIONS} Applications and ${FLEET} environments`,
    rounded((performance.now() - began) / 1_000),
    's',
  );
  const pid = await backendOf(state);
  await wait(REST_MS);
  const before = await useOf(pid);
  await wait(REST_MS);
  const after = await useOf(pid);
  report(
    'memory',
    'the whole backend, at rest',
    rounded(after.residentMiB, 0),
    'MiB resident',
  );
  report(
    'rest',
    'CPU of the backend while nothing changes',
    rounded(((after.cpuSeconds - before.cpuSeconds) / REST_MS) * 100_000),
    '% of a core',
  );
  const browser = await launchBrowser();
  try {
    for (const page of await measurePages(browser, portal.frontendUrl, FLEET))
      report(
        `page ${page.name}`,
        `${page.name}, in a browser, from the click until its rows are there`,
        rounded(page.ms, 0),
        'ms',
      );
    const environments = await fleet(reader);
    const busyFrom = await useOf(pid);
    const busyBegan = performance.now();
    const churned = await churn({
      api,
      reader,
      environments,
      aSecond: CHANGES_A_SECOND,
      forMs: CHURN_MS,
      meanwhile: async () => {
        const [page] = await measurePages(browser, portal.frontendUrl, FLEET);
        report(
          'page busy',
          `${page.name}, meanwhile`,
          rounded(page.ms, 0),
          'ms',
        );
      },
    });
    const busy = await useOf(pid);
    report(
      'changes',
      'changes of Applications that the API server took',
      rounded(churned.aSecond),
      'a second',
    );
    report(
      'changes cpu',
      'CPU of the backend meanwhile',
      rounded(
        ((busy.cpuSeconds - busyFrom.cpuSeconds) /
          (performance.now() - busyBegan)) *
          100_000,
      ),
      '% of a core',
    );
    report(
      'changes shown',
      'from a change until the API shows it, p95, meanwhile',
      rounded(churned.shownP95, 0),
      'ms',
    );
    report(
      'changes memory',
      'the whole backend, afterwards',
      rounded(busy.residentMiB, 0),
      'MiB resident',
    );
  } finally {
    await browser.close();
  }
}
