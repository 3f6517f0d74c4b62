import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterApi } from '../lib/clusterApi.ts';
import { launchBrowser } from '../story/browser.ts';
import { FleetPages } from './scale/browser.ts';
import { churn } from './scale/churn.ts';
import {
  ENVIRONMENTS,
  makeApplications,
  makePods,
  pooled,
  seedFleet,
  tellHealth,
} from './scale/fleet.ts';
import { heapOf } from './scale/inspector.ts';
import {
  FleetReader,
  startFleetPortal,
  type FleetCluster,
  type Listed,
} from './scale/portal.ts';
import { backendOf, untilQuiet, useOf } from './scale/process.ts';

// A portal of the repository, as `npm start` runs it, on a real API server with a large fleet. There is no other to
// compare with: each figure has a limit of its own, or stands for itself.
const small = process.env.SLIPWAY_BENCH_SMALL === '1';
const FLEET = small ? 40 : 1_000;
const APPLICATIONS = small ? 400 : 5_000;
const REST_MS = small ? 10_000 : 60_000;
const CHURN_MS = small ? 10_000 : 30_000;
const CHANGES_A_SECOND = 200;
/** Far more than a thousand environments take on two cores of their own. */
const PROVISION_SECONDS = 1_800;
/** Everything is looked at again after a start. */
const QUIET_WITHIN_MS = 900_000;

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

function report(
  name: string,
  what: string,
  ours: number | string,
  unit: string,
  more: { goal?: string; note?: string } = {},
): void {
  process.stdout.write(
    `${JSON.stringify({ name: `scale ${name}`, what, ours, other: null, ratio: null, unit, ...more })}\n`,
  );
}

/** What all cores have done so far, in milliseconds. */
function machineTimes(): { idle: number; all: number } {
  const times = cpus().map(core => core.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const all = times.reduce(
    (sum, { user, nice, sys, idle: rest, irq }) =>
      sum + user + nice + sys + rest + irq,
    0,
  );
  return { idle, all };
}

const began = performance.now();
const tell = (message: string) =>
  process.stderr.write(
    `${rounded((performance.now() - began) / 1_000, 0)} s  ${message}\n`,
  );

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
  tell('the portal has ended; it starts anew');
  const startedAt = performance.now();
  portal = await startFleetPortal(state, cluster);
  await measure(startedAt);
} catch (error) {
  tell(`failed: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
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

/** All of them, where a page of the portal shows a part. */
async function fleet(reader: FleetReader): Promise<Listed[]> {
  const path = `/environments?limit=${APPLICATIONS}`;
  return (await reader.get<{ items: Listed[] }>(path)).items;
}

/** Everything is provisioned, runs, and is said to be healthy. */
async function fill(): Promise<void> {
  await portal.ready;
  const reader = FleetReader.service(portal);
  const is = (type: string) => async () => {
    const items = await fleet(reader);
    const there = items.filter(({ conditions }) =>
      conditions.some(c => c.type === type && c.status === 'True'),
    );
    tell(`${type}: ${there.length} of ${FLEET}`);
    return there.length >= FLEET;
  };
  tell('the portal is there');
  await makeApplications(api, APPLICATIONS - FLEET, cluster.url);
  tell(`${APPLICATIONS - FLEET} Applications of others are made`);
  await reader.until(
    `${FLEET} environments provisioned`,
    is('Provisioned'),
    PROVISION_SECONDS,
    small ? 1_000 : 10_000,
  );
  const pods = await makePods(api, state);
  await pooled(await fleet(reader), environment =>
    tellHealth(api, environment, 'Healthy'),
  );
  tell(`${pods} Pods, and all Applications are said to be healthy`);
  await reader.until('all synced', is('Synced'), 300, 2_000);
  // Else the first look for drift, which asks for every object once, would fall into the rest that is measured below.
  await reader.until(
    'drift looked for everywhere',
    async () => {
      const items = await fleet(reader);
      const looked = items.filter(({ drift }) => drift?.checkedAt);
      tell(`looked for drift: ${looked.length} of ${FLEET}`);
      return looked.length >= FLEET;
    },
    PROVISION_SECONDS,
    small ? 1_000 : 5_000,
  );
  await untilQuiet(await backendOf(state), QUIET_WITHIN_MS, tell);
}

async function measure(startedAt: number): Promise<void> {
  const first = FleetReader.service(portal);
  await first.until(
    'the watches know the cluster',
    async () => {
      const { items } = await first.get<{
        items: Array<{ age: { state: string } }>;
      }>('/clusters');
      return items.every(({ age }) => age.state === 'live');
    },
    300,
    100,
  );
  report(
    'start',
    `from the start of the backend, with the frontend beside it, until the index knows ${APPLICATIONS} Applications and ${FLEET} environments`,
    rounded((performance.now() - startedAt) / 1_000),
    's',
  );
  const pid = await backendOf(state);
  await portal.ready;
  const quiet = await untilQuiet(pid, QUIET_WITHIN_MS, tell);
  report(
    'quiet',
    'from then until the backend has looked at everything again, and takes less than 5 % of a core',
    quiet === undefined
      ? `not within ${QUIET_WITHIN_MS / 1_000}`
      : rounded(quiet / 1_000, 0),
    's',
  );
  const before = await useOf(pid);
  await new Promise(resolve => setTimeout(resolve, REST_MS));
  const after = await useOf(pid);
  report(
    'memory',
    quiet === undefined
      ? 'the whole backend, while it still looks at everything again'
      : 'the whole backend, at rest',
    rounded(after.residentMiB, 0),
    'MiB resident',
  );
  report(
    'rest',
    quiet === undefined
      ? `CPU of the backend while it still looks at everything again, over ${REST_MS / 1_000} s`
      : `CPU of the backend while nothing changes, over ${REST_MS / 1_000} s`,
    rounded(((after.cpuSeconds - before.cpuSeconds) / REST_MS) * 100_000),
    '% of a core',
  );
  const heap = await heapOf(pid);
  if (heap !== undefined)
    report(
      'heap',
      'of the memory in use, once V8 has collected its garbage',
      rounded(heap, 0),
      'MiB of heap',
    );
  await withPages(async pages => {
    for (const { name, ms } of [
      await pages.overview(),
      await pages.environments(),
    ])
      report(
        `page ${name}`,
        `${name}, in a browser, from the click until its rows are there`,
        rounded(ms, 0),
        'ms',
      );
  });
  const reader = await FleetReader.enter(portal);
  await busy(reader, pid);
  await withPages(pages => busyPage(reader, pages));
}

/** Opens a browser for as long as it is used: on a machine that it shares with the cluster it takes as much as that. */
async function withPages(
  use: (pages: FleetPages) => Promise<void>,
): Promise<void> {
  const browser = await launchBrowser();
  try {
    await use(await FleetPages.enter(browser, portal.frontendUrl, FLEET));
  } finally {
    await browser.close();
  }
}

/** While so much changes as a large fleet does when all of it is rolled out at once. */
async function busy(reader: FleetReader, pid: number): Promise<void> {
  const environments = await fleet(reader);
  tell('changes begin');
  const from = await useOf(pid);
  const machine = machineTimes();
  const beganAt = performance.now();
  const { aSecond, shownP50, shownP95 } = await churn({
    api,
    reader,
    environments,
    aSecond: CHANGES_A_SECOND,
    forMs: CHURN_MS,
    meanwhile: async () => {},
  });
  const to = await useOf(pid);
  const { idle, all } = machineTimes();
  const free = Math.round((100 * (idle - machine.idle)) / (all - machine.all));
  const share =
    (to.cpuSeconds - from.cpuSeconds) / (performance.now() - beganAt);
  report(
    'changes',
    'changes of Applications that the API server took',
    rounded(aSecond),
    'a second',
    {
      goal: `≥ ${CHANGES_A_SECOND} a second`,
      note: `Meanwhile ${free} % of the machine were free: what writes the changes, the API server, etcd and the portal share its ${cpus().length} cores.`,
    },
  );
  report(
    'changes cpu',
    'CPU of the backend meanwhile',
    rounded(share * 100_000),
    '% of a core',
  );
  for (const [p, ms] of [
    ['p50', shownP50],
    ['p95', shownP95],
  ] as const)
    report(
      `changes shown ${p}`,
      `from a change until the API shows it, ${p}, meanwhile`,
      rounded(ms, 0),
      'ms',
      p === 'p95' ? { goal: '≤ 1000 ms' } : {},
    );
  report(
    'changes memory',
    'the whole backend, afterwards',
    rounded(to.residentMiB, 0),
    'MiB resident',
  );
}

async function busyPage(reader: FleetReader, pages: FleetPages): Promise<void> {
  const environments = await fleet(reader);
  let page = { name: '', ms: NaN };
  await churn({
    api,
    reader,
    environments,
    aSecond: CHANGES_A_SECOND,
    forMs: CHURN_MS,
    meanwhile: async () => {
      page = await pages.overview();
    },
  });
  report(
    'page busy',
    `${page.name}, in a browser, during such changes`,
    rounded(page.ms, 0),
    'ms',
  );
}
