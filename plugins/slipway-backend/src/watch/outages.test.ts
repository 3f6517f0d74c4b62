import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { HttpClusters } from '../kubernetes';
import { WatchedStatusIndex } from './WatchedStatusIndex';

describe('WatchedStatusIndex, over HTTP', () => {
  const KEY = 'shop/web/prod';
  let sandbox: Sandbox;
  let clusters: HttpClusters;
  let index: WatchedStatusIndex;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      standIns: false,
    });
    const [{ name, url, token }] = sandbox.clusters;
    clusters = HttpClusters.create({
      timeoutMs: 300,
      breaker: { baseMs: 20, maxMs: 50 },
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
          connection: { url, skipTLSVerify: false, token: () => token },
        },
      ],
    });
    index = WatchedStatusIndex.create({
      clusters,
      batchMs: 5,
      settings: {
        pageSize: 2,
        retryMs: 10,
        maxRetryMs: 50,
        staleMs: 100,
        idleMs: 400,
      },
    });
    for (let i = 0; i < 5; i++) await service(`before-${i}`);
    index.start();
    await index.ready();
  });

  afterEach(async () => {
    sandbox.faults.set({});
    await until(() => index.clusters()[0].state === 'live');
  });
  afterAll(async () => {
    await index.stop();
    clusters.close();
    await sandbox.stop();
  });

  async function service(name: string): Promise<void> {
    await clusters.client('eu').apply({
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
  }

  const names = () =>
    index
      .environment(KEY)
      .objects.map(({ name }) => name)
      .sort();

  async function until(check: () => boolean): Promise<void> {
    for (let i = 0; i < 3_000 && !check(); i++)
      await new Promise(resolve => setTimeout(resolve, 10));
    expect(check()).toBe(true);
  }

  it('lists in pages what was there before', () => {
    expect(names()).toEqual([
      'before-0',
      'before-1',
      'before-2',
      'before-3',
      'before-4',
    ]);
  });

  it('misses nothing that happens while watches are cut again and again', async () => {
    sandbox.faults.set({ cutWatches: true });
    await service('while-cut');
    await clusters.client('eu').delete({
      apiVersion: 'v1',
      kind: 'Service',
      name: 'before-0',
      namespace: 'default',
    });
    sandbox.faults.set({});
    await until(
      () => names().includes('while-cut') && !names().includes('before-0'),
    );
    expect(names()).toHaveLength(5);
  });

  it('finds out that a server froze, keeps what it knew, and catches up after the thaw', async () => {
    const known = names();
    sandbox.faults.set({ freeze: true });
    await until(() => index.clusters()[0].state === 'unreachable');
    expect(names()).toEqual(known);
    expect(index.environment(KEY).sources[0].message).toContain("'eu'");
    sandbox.faults.set({});
    // The breaker lets nothing through before its next probe.
    await until(() => index.clusters()[0].state === 'live');
    await service('after-the-thaw');
    await until(
      () =>
        names().includes('after-the-thaw') &&
        index.clusters()[0].state === 'live',
    );
  });

  it('gets through errors of the server', async () => {
    sandbox.faults.set({ errorRate: 0.5, status: 500, cutWatches: true });
    await new Promise(resolve => setTimeout(resolve, 200));
    sandbox.faults.set({});
    await service('after-errors');
    await until(() => names().includes('after-errors'));
    expect(names()).toContain('while-cut');
  });
});
