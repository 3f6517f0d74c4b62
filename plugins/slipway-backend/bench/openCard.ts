import { Page } from './live/page';
import { startStage } from './live/stage';

/**
 * From a change in the cluster, before it is sent there, until an open page has the answer that shows it: by signals,
 * beside a page of the same backend that asks every ten seconds, as Backstage's Argo CD and Kubernetes plugins do.
 */
const CHANGES = 80;
const POLL_MS = 10_000;

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

const percentile = (times: number[], share: number) =>
  Math.round(
    times[Math.min(times.length - 1, Math.floor(times.length * share))],
  );

function report(name: string, ours: number, other: number) {
  process.stdout.write(
    `${JSON.stringify({
      name,
      what: `from a change in the cluster to the open page that shows it, ${name.slice('open-card '.length)}`,
      ours,
      other,
      ratio: +(other / ours).toFixed(1),
      unit: 'ms',
      // That of the page that is told; how much faster it is than asking has no goal.
      ...(name.endsWith('p95') && { goal: '≤ 1000 ms' }),
    })}\n`,
  );
}

async function main() {
  const stage = await startStage(3);
  const [environment] = stage.environments;
  const live = await new Page(stage.api, environment).live();
  const polling = await new Page(stage.api, environment).polling(POLL_MS);
  // What the subscription took has settled.
  await wait(2_000);
  const sent = new Map<string, number>();
  for (let i = 0; i < CHANGES; i++) {
    const name = `change-${i}`;
    sent.set(`${environment.split('/')[1]}-${name}`, performance.now());
    await stage.change(environment, name);
    // At no fixed distance, so that nothing falls into step with it.
    await wait(400 + Math.random() * 800);
  }
  await wait(POLL_MS + 1_000);
  const [ours, other] = [live, polling].map(page => {
    const times = [...sent].map(([name, at]) => page.shown.get(name)! - at);
    if (times.some(Number.isNaN)) throw new Error('A change was never shown.');
    return times.sort((a, b) => a - b);
  });
  for (const share of [0.5, 0.95])
    report(
      `open-card p${share * 100}`,
      percentile(ours, share),
      percentile(other, share),
    );
  live.close();
  polling.close();
  await stage.stop();
}

main().then(
  () => process.exit(),
  error => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
