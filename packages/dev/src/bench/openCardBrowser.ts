import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ClusterApi } from '../lib/clusterApi.ts';
import { launchBrowser } from '../story/browser.ts';
import { FleetPages } from './scale/browser.ts';
import { seedFleet, tellHealth } from './scale/fleet.ts';
import {
  FleetReader,
  startFleetPortal,
  type FleetCluster,
  type Listed,
} from './scale/portal.ts';

// What a person waits for: Argo CD says in a real API server how an Application is, and the open page of the service says
// it, too. From before the change is sent there until the browser draws its words.
const small = process.env.SLIPWAY_BENCH_SMALL === '1';
const CHANGES = small ? 10 : 60;
const SERVICE = 'fleet-0';
const GOAL = '≤ 1000 ms';
/** A change that isn't shown by then is never shown. */
const PATIENCE_MS = 30_000;

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const tell = (message: string) => process.stderr.write(`${message}\n`);

const handed = process.env.SLIPWAY_BENCH_CLUSTERS;
if (!handed) throw new Error('Run this by "npm run bench open-card-browser".');
const [cluster] = JSON.parse(handed) as FleetCluster[];
const api = new ClusterApi({
  name: 'eu',
  url: cluster.url,
  token: cluster.adminToken,
  ca: Buffer.from(cluster.caData, 'base64').toString('utf8'),
});
const state = await mkdtemp(join(tmpdir(), 'slipway-open-card-'));
await seedFleet(state, 1);
await api.create('/api/v1/namespaces', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'argocd' },
});
const portal = await startFleetPortal(state, cluster);
try {
  await portal.ready;
  const environment = await provisioned();
  const browser = await launchBrowser();
  try {
    const pages = await FleetPages.enter(browser, portal.frontendUrl, 2);
    const page = await pages.service(SERVICE, environment.name);
    report(await measure(page, environment));
  } finally {
    await browser.close();
  }
} catch (error) {
  tell(`failed: ${error instanceof Error ? error.stack : error}`);
  process.exitCode = 1;
} finally {
  await portal.stop();
  await rm(state, { recursive: true, force: true });
}
process.exit();

/** An environment of the service that is said to be synced and healthy, as of its last commit. */
async function provisioned(): Promise<Listed> {
  const reader = FleetReader.service(portal);
  let found: Listed | undefined;
  await reader.until(
    'an environment is synced',
    async () => {
      const { items } = await reader.get<{ items: Listed[] }>('/environments');
      found = items.find(item => is(item, 'Provisioned'));
      if (!found) return false;
      if (is(found, 'Synced')) return true;
      await tellHealth(api, found, 'Healthy');
      return false;
    },
    180,
  );
  return found!;
}

function is({ conditions }: Listed, wanted: string): boolean {
  return conditions.some(
    ({ type, status }) => type === wanted && status === 'True',
  );
}

/** Milliseconds that each change took, the shortest first. */
async function measure(page: Page, environment: Listed): Promise<number[]> {
  const name = (i: number) => `change-${i}-was-seen`;
  const change = (i: number) =>
    tellHealth(api, environment, 'Degraded', name(i));
  await watchWords(page);
  // The page is there, and has subscribed: it shows one change, and then those that count.
  await change(0);
  await page.getByText(name(0)).first().waitFor();
  await wait(3_000);
  const times: number[] = [];
  for (let i = 1; i <= CHANGES; i++) {
    const began = performance.timeOrigin + performance.now();
    await change(i);
    const sentMs = performance.timeOrigin + performance.now() - began;
    const took = (await drawnAt(page, name(i))) - began;
    tell(
      `${name(i)}: ${took.toFixed(0)} ms, of which ${sentMs.toFixed(0)} to send it`,
    );
    times.push(took);
    // At no fixed distance, so that nothing falls into step with it.
    await wait(400 + Math.random() * 800);
  }
  return times.sort((a, b) => a - b);
}

/** Notes when the page draws the words of a change for the first time, by the clock that both processes have. */
async function watchWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    const drawn: Record<string, number> = {};
    (window as unknown as { drawn: typeof drawn }).drawn = drawn;
    const look = () => {
      const words = document.body.textContent?.match(/change-\d+-was-seen/g);
      for (const word of words ?? [])
        if (!(word in drawn))
          requestAnimationFrame(() => {
            drawn[word] ??= performance.timeOrigin + performance.now();
          });
    };
    new MutationObserver(look).observe(document.body, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
}

async function drawnAt(page: Page, word: string): Promise<number> {
  const found = await page.waitForFunction(
    wanted =>
      (window as unknown as { drawn: Record<string, number> }).drawn[wanted],
    word,
    { timeout: PATIENCE_MS, polling: 50 },
  );
  return (await found.jsonValue()) as number;
}

function report(times: number[]): void {
  for (const share of [0.5, 0.95]) {
    const index = Math.min(times.length - 1, Math.floor(times.length * share));
    process.stdout.write(
      `${JSON.stringify({
        name: `open-card-browser p${share * 100}`,
        what: `from a change of an Application in a real API server to its words on the open page of the service, in Chromium, p${share * 100} of ${times.length}`,
        ours: Math.round(times[index]),
        other: null,
        ratio: null,
        unit: 'ms',
        ...(share === 0.95 && { goal: GOAL }),
      })}\n`,
    );
  }
}
