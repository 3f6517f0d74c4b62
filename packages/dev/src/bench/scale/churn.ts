import type { ClusterApi } from '../../lib/clusterApi.ts';
import { tellHealth } from './fleet.ts';
import type { FleetReader, Listed } from './portal.ts';

/** How often the answer is asked for that shows a change. */
const LOOK_MS = 25;
/** A change that is followed until it is shown. */
const FOLLOW_EVERY_MS = 500;

/** Changes Applications so many times a second, and follows some of the changes until the API shows them. */
export async function churn(options: {
  api: ClusterApi;
  reader: FleetReader;
  environments: Listed[];
  aSecond: number;
  forMs: number;
  meanwhile(): Promise<void>;
}): Promise<{ aSecond: number; shownP50: number; shownP95: number }> {
  const { api, reader, aSecond, forMs, meanwhile } = options;
  const [followed, ...changing] = options.environments;
  const began = performance.now();
  const until = began + forMs;
  const pending = new Set<Promise<void>>();
  let sent = 0;
  const send = async () => {
    while (performance.now() < until || sent === 0) {
      const due = ((performance.now() - began) / 1_000) * aSecond;
      // What the API server doesn't take in time is not piled up.
      while (sent < due && pending.size < 64) {
        const environment = changing[sent % changing.length];
        const health =
          Math.floor(sent / changing.length) % 2 ? 'Healthy' : 'Progressing';
        const change = tellHealth(api, environment, health).finally(() =>
          pending.delete(change),
        );
        pending.add(change);
        sent++;
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await Promise.all(pending);
    return (performance.now() - began) / 1_000;
  };
  const times: number[] = [];
  const follow = async () => {
    for (let i = 0; performance.now() < until; i++) {
      times.push(await shown(api, reader, followed, i % 2 === 0));
      await new Promise(resolve => setTimeout(resolve, FOLLOW_EVERY_MS));
    }
  };
  const [seconds] = await Promise.all([send(), follow(), meanwhile()]);
  times.sort((a, b) => a - b);
  const shownBy = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return {
    aSecond: sent / seconds,
    shownP50: shownBy(0.5),
    shownP95: shownBy(0.95),
  };
}

/** Milliseconds from before the change is sent until the environment's answer shows it. */
async function shown(
  api: ClusterApi,
  reader: FleetReader,
  environment: Listed,
  worse: boolean,
): Promise<number> {
  const { service, name } = environment;
  const read = async () => {
    const { conditions } = await reader.get<Listed>(
      `/environments/shop/${service}/${name}`,
    );
    return conditions.find(({ type }) => type === 'Healthy')?.reason;
  };
  const before = await read();
  const began = performance.now();
  await tellHealth(api, environment, worse ? 'Degraded' : 'Healthy');
  await reader.until(
    `${service}/${name} shows its change`,
    async () => (await read()) !== before,
    30,
    LOOK_MS,
  );
  return performance.now() - began;
}
