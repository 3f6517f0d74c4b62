import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestRepositories } from '../src/__testUtils__/testRepositories';
import { percentile, report, rounded, runBench, tell } from './live/report';
import { benchArgocd, benchClusters, size, SMALL } from './live/testbed';
import type { Side } from './peers/backendProcess';
import {
  type Card,
  communityCards,
  ENTITY,
  roadieCards,
  slipwayCards,
  tektonCard,
} from './peers/cards';
import { Portal } from './peers/Portal';
import type { Viewer } from './peers/viewers';
import { createWorld, type World } from './peers/world';

/**
 * One entity page of a service with an environment on each cluster: what its cards ask, on portals that differ in the
 * plugin alone. Everybody has signed in as a person of their own, every request is authenticated and authorized, Argo CD
 * and clusters are the same.
 */
const VIEWERS = [1, 10, 50];
const CLUSTERS = SMALL ? [1] : [1, 3];
/** Pages of each measurement, at least; each viewer opens as many as it takes. */
const PAGES = size(100, 20);
/** Before a page is looked at while something is away: what a portal can know of it by then. */
const AWAY_MS = 20_000;

const PEERS: Array<{ side: Side; title: string; card: Card; again: string }> = [
  {
    side: 'slipway',
    title: 'Slipway',
    card: slipwayCards,
    again: 'when it is told of a change',
  },
  {
    side: 'roadie',
    title: 'Roadie Argo CD (overview and history cards)',
    card: roadieCards,
    again: 'when it is reloaded',
  },
  {
    side: 'community',
    title: 'community Argo CD (summary and lifecycle cards)',
    card: communityCards,
    again: 'every 10 s',
  },
  {
    side: 'kubernetes',
    title: 'community Tekton, by way of the Kubernetes plugin',
    card: tektonCard,
    again: 'every 10 s',
  },
];

interface Measured {
  calls: number;
  kib: number;
  cpu: number;
  p50: number;
  p99: number;
}

const plural = (count: number, what: string) =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function main() {
  const clusters = benchClusters();
  const repositories = await createTestRepositories();
  const world = await createWorld(clusters, repositories);
  const entityFile = join(repositories.root, 'entity.json');
  await writeFile(entityFile, JSON.stringify(ENTITY));
  for (const count of CLUSTERS) {
    await world.declare(count);
    const portals = new Map<Side, Portal>();
    for (const { side } of PEERS)
      portals.set(
        side,
        await Portal.start(side, configOf(world, side, count), entityFile),
      );
    await untilHealthy(portals.get('slipway')!, count);
    for (const { side, card } of PEERS)
      tell(`${side} shows ${await untilShown(portals.get(side)!, card)}`);
    for (const viewers of VIEWERS) {
      const results = new Map<Side, Measured>();
      for (const { side, card } of PEERS)
        results.set(
          side,
          await measure(world, portals.get(side)!, card, viewers),
        );
      const ours = results.get('slipway')!;
      for (const { side, title, again } of PEERS.slice(1)) {
        const other = results.get(side)!;
        report({
          name: `peers ${side} ${count}/${viewers}`,
          what: `${title}; ${plural(count, 'cluster')}, ${plural(viewers, 'viewer')}; asks again ${again}`,
          ours: inWords(ours),
          other: inWords(other),
          ratio: rounded(ours.p99 / other.p99),
          unit: 'a page; the ratio is of p99',
        });
      }
    }
    if (count === Math.max(...CLUSTERS)) {
      // The last one: Argo CD is in the first.
      const { pids } = clusters[count - 1];
      if (count > 1)
        await whileFrozen(
          portals,
          [pids['kube-apiserver']],
          'one of three clusters',
        );
      const { argocd } = benchArgocd();
      await whileFrozen(
        portals,
        [argocd.pids['argocd-server']],
        "Argo CD's server",
      );
    }
    for (const portal of portals.values()) await portal.stop();
  }
  world.close();
  await repositories.remove();
}

function configOf(world: World, side: Side, count: number): object {
  if (side === 'slipway') return world.slipwayConfig(count);
  if (side === 'kubernetes') return world.kubernetesConfig(count);
  return world.argocdConfig();
}

async function untilHealthy(portal: Portal, count: number): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const says = await slipwayCards(portal).then(
      shown => shown.says,
      (error: Error) => [error.message],
    );
    if (says.length === count && says.every(it => it.includes('Healthy')))
      return;
    if (Date.now() > deadline)
      throw new Error(`Not all became healthy: ${says.join('; ')}`);
    await wait(1_000);
  }
}

/** The catalog takes a moment to know its entities. */
async function untilShown(portal: Portal, card: Card): Promise<string> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      const { says } = await card(portal);
      if (says.length > 0) return says.join('; ');
      throw new Error('The page shows nothing.');
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(1_000);
    }
  }
}

/** All viewers open the page at once, again and again. */
async function measure(
  { proxies }: World,
  portal: Portal,
  card: Card,
  viewers: number,
): Promise<Measured> {
  // Connections are made and code is compiled.
  const people = await portal.viewers(viewers);
  for (let i = 0; i < 3; i++) await card(portal);
  const calls = () =>
    proxies.reduce((all, { counted }) => all + counted.calls, 0);
  const before = { calls: calls(), used: await portal.used() };
  const times: number[] = [];
  const sizes: number[] = [];
  const open = async (viewer: Viewer) => {
    const began = performance.now();
    const { bytes } = await card(viewer);
    times.push(performance.now() - began);
    sizes.push(bytes);
  };
  while (times.length < PAGES) await Promise.all(people.map(open));
  const pages = times.length;
  return {
    calls: (calls() - before.calls) / pages,
    kib: sizes.reduce((all, bytes) => all + bytes, 0) / pages / 1024,
    cpu: (1_000 * ((await portal.used()) - before.used)) / pages,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

function inWords({ calls, kib, cpu, p50, p99 }: Measured): string {
  return `${rounded(calls, 1)} calls upstream, p50 ${rounded(p50, 0)} ms, p99 ${rounded(p99, 0)} ms, ${rounded(kib, 1)} KiB, ${rounded(cpu, 1)} ms CPU`;
}

/** What each page shows while something doesn't answer. */
async function whileFrozen(
  portals: Map<Side, Portal>,
  pids: number[],
  what: string,
): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    await wait(AWAY_MS);
    const shown = await Promise.all(
      PEERS.map(async ({ side, card }) => {
        const began = performance.now();
        const says = await card(portals.get(side)!).then(
          page => page.says.join('; ') || 'nothing, without a word',
          (error: Error) => `an error: ${error.message.slice(0, 120)}`,
        );
        return `${says} (after ${rounded((performance.now() - began) / 1_000, 1)} s)`;
      }),
    );
    PEERS.slice(1).forEach(({ side, title }, i) =>
      report({
        name: `peers ${side} without ${what}`,
        what: `${title}; ${what} frozen for ${AWAY_MS / 1_000} s: what the page shows`,
        ours: shown[0],
        other: shown[i + 1],
        ratio: null,
        unit: '–',
      }),
    );
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}

runBench(main);
