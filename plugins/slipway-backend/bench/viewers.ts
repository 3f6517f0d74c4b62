import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { PagesOrder } from './live/pagesProcess';
import { report, rounded, runBench, tell } from './live/report';
import { type Stage, startStage } from './live/stage';
import { size } from './live/testbed';

/**
 * What open pages cost the backend: the share of one core and the memory that they add, while nothing happens and while
 * something changes every second. Told by signals, beside the same pages asking every ten seconds.
 */
const PAGES = size(200, 20);
const SERVICES = 10;
const POLL_MS = 10_000;
/** Polling is the same in each of its rounds; two of them are enough. */
const MEASURE_MS = size(20_000, 5_000);
/** Until pages that were just opened, or closed, have no more to ask for. */
const SETTLE_MS = size(5_000, 2_000);

function answer(
  child: ChildProcess,
  name: string,
): Promise<Record<string, number>> {
  return new Promise((resolve, reject) => {
    const hear = (message: Record<string, number>) => {
      if (!(name in message)) return;
      child.off('message', hear);
      resolve(message);
    };
    child.on('message', hear);
    child.once('exit', code => reject(new Error(`The pages ended: ${code}`)));
  });
}

/** Requests of all pages so far. */
async function count(child: ChildProcess): Promise<number> {
  child.send({ count: true });
  return (await answer(child, 'requests')).requests;
}

/** Percent of one core that this process used meanwhile. */
async function used(
  work: () => Promise<unknown>,
): Promise<{ cpu: number; seconds: number }> {
  const from = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(from);
  const ms = performance.now() - began;
  return { cpu: (user + system) / 10 / ms, seconds: ms / 1_000 };
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

function compare(name: string, ours: number, other: number, unit: string) {
  report({
    name,
    ours: rounded(ours, 1),
    other: rounded(other, 1),
    ratio: rounded(other / Math.max(ours, 0.1), 1),
    unit,
  });
}

async function measure(stage: Stage, pollMs: number | undefined) {
  const before = memory();
  const child = fork(join(__dirname, 'live/pagesProcess.ts'), {
    execArgv: process.execArgv,
  });
  const order: PagesOrder = {
    api: stage.api,
    environments: stage.environments,
    pages: PAGES,
    ...(pollMs && { pollMs }),
  };
  child.send(order);
  await answer(child, 'opened');
  tell(`${PAGES} pages ${pollMs ? 'that ask' : 'that are told'} are open`);
  await wait(SETTLE_MS);
  const quiet = await used(() => wait(MEASURE_MS));
  const held = memory() - before;
  const asked = await count(child);
  const busy = await used(async () => {
    for (let i = 0; i < MEASURE_MS / 1_000; i++) {
      const environment = stage.environments[i % SERVICES];
      await stage.change(environment, `${pollMs ?? 'live'}-${i}`);
      await wait(1_000);
    }
  });
  const requests = ((await count(child)) - asked) / busy.seconds;
  child.disconnect();
  await wait(SETTLE_MS);
  return { quiet: quiet.cpu, busy: busy.cpu, memory: held, requests };
}

async function main() {
  const stage = await startStage(SERVICES);
  tell(`${SERVICES} services are healthy`);
  // What the start has left to do is done.
  await wait(MEASURE_MS);
  const rest = await used(() => wait(MEASURE_MS));
  const ours = await measure(stage, undefined);
  const other = await measure(stage, POLL_MS);
  const core = `% of a core, ${rest.cpu.toFixed(1)} with no page open`;
  compare('viewers quiet', ours.quiet, other.quiet, core);
  compare('viewers busy', ours.busy, other.busy, core);
  compare(
    'viewers asking',
    ours.requests,
    other.requests,
    'requests a second, busy',
  );
  compare('viewers memory', ours.memory, other.memory, 'MiB that they add');
  await stage.stop();
}

runBench(main);
