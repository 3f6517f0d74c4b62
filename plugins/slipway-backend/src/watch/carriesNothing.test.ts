import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { FaultProxy } from '../faults/__testUtils__/FaultProxy';
import { HttpClusters } from '../kubernetes';
import { WatchedStatusIndex } from './WatchedStatusIndex';

const IDLE_MS = 1_500;
const BEAT_MS = 600;
const KEY = 'shop/web/prod';

describe('streams that carry nothing', () => {
  let sandbox: Sandbox;
  let proxy: FaultProxy;
  let clusters: HttpClusters;
  let direct: HttpClusters;
  let index: WatchedStatusIndex;
  let told: string[][];
  let count = 0;
  let connect: (at: string, timeoutMs: number) => HttpClusters;

  beforeEach(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      standIns: false,
    });
    const [{ name, url, token }] = sandbox.clusters;
    proxy = await FaultProxy.start({ url });
    connect = (at, timeoutMs) =>
      HttpClusters.create({
        timeoutMs,
        clusters: [
          {
            info: {
              name,
              title: name,
              sandbox: true,
              argocd: {
                cluster: name,
                namespace: 'argocd',
                destination: { name },
              },
            },
            connection: { url: at, skipTLSVerify: false, token: () => token },
          },
        ],
      });
    direct = connect(url, 5_000);
    told = [];
  });

  async function watch(
    idleMs: number,
    { heartbeatMs = 5_000, timeoutMs = 5_000 } = {},
  ): Promise<void> {
    clusters = connect(proxy.url, timeoutMs);
    index = WatchedStatusIndex.create({
      clusters,
      batchMs: 5,
      heartbeatMs,
      settings: { idleMs, retryMs: 10, maxRetryMs: 50 },
    });
    index.onChange(keys => told.push(keys));
    index.start();
    await index.ready();
  }

  afterEach(async () => {
    await index.stop();
    clusters.close();
    direct.close();
    await proxy.stop();
    await sandbox.stop();
  });

  async function service(): Promise<string> {
    const name = `s${count++}`;
    await direct.client('eu').apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace: 'default',
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'web',
          'slipway.dev/environment': 'prod',
        },
      },
      spec: { ports: [{ port: 80 }] },
    });
    return name;
  }

  async function shownWithin(name: string, ms: number): Promise<void> {
    const shown = () =>
      index.environment(KEY).objects.some(object => object.name === name);
    const until = Date.now() + ms;
    while (!shown() && Date.now() < until)
      await new Promise(resolve => setTimeout(resolve, 20));
    expect(shown()).toBe(true);
  }

  it('are made up for by a list within two idle times, and said, where a proxy keeps back what is streamed', async () => {
    proxy.set({ withholdWatches: true });
    await watch(IDLE_MS);
    await shownWithin(await service(), 2 * IDLE_MS + 1_000);
    expect(index.clusters()[0]).toMatchObject({
      state: 'stale',
      message: expect.stringContaining('keeps back what is streamed'),
    });
    proxy.set({});
    proxy.cutWatches();
    await new Promise(resolve => setTimeout(resolve, 300));
    await shownWithin(await service(), 1_000);
    expect(index.clusters()[0].state).toBe('live');
  });

  it('say nothing where there is nothing to say: nobody is woken, and all stays live', async () => {
    await service();
    await watch(IDLE_MS);
    await new Promise(resolve => setTimeout(resolve, 300));
    told.length = 0;
    proxy.set({ withholdWatches: true });
    for (const end = Date.now() + 5 * IDLE_MS; Date.now() < end;) {
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(index.clusters()[0].state).toBe('live');
    }
    expect(told).toEqual([]);
  });

  it('are opened anew within two beats when connections were lost without a word', async () => {
    await watch(60_000, { heartbeatMs: BEAT_MS, timeoutMs: BEAT_MS + 300 });
    await shownWithin(await service(), 1_000);
    await new Promise(resolve => setTimeout(resolve, 300));
    proxy.loseConnections();
    const name = await service();
    // The wait for a beat, the one that is lost, the one that is answered, and what is spread over another.
    await shownWithin(name, 5 * BEAT_MS);
    expect(index.clusters()[0].state).toBe('live');
  });
});
