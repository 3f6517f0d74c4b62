import { createTestDatabases } from '../../database/__testUtils__/databases';
import { FaultProxy } from '../../faults/__testUtils__/FaultProxy';
import type { TestClusters } from '../environment/__testUtils__/clusters';
import { sandboxClusters } from '../environment/__testUtils__/sandboxClusters';
import { DriftWorld } from './__testUtils__/DriftWorld';

const databases = createTestDatabases();
jest.setTimeout(60_000);

describe('drift where the watch of a kind is refused', () => {
  let direct: TestClusters;
  let proxies: FaultProxy[];
  let drift: DriftWorld | undefined;

  beforeAll(async () => {
    direct = await sandboxClusters();
    proxies = await Promise.all(
      direct.configured.map(({ connection: { url, ca } }) =>
        FaultProxy.start({ url, ca }),
      ),
    );
    refuse(403);
    drift = await DriftWorld.create({
      clusters: {
        configured: direct.configured.map(({ info, connection }, i) => ({
          info,
          connection: { ...connection, url: proxies[i].url },
        })),
        stop: async () => {},
      },
      admin: direct,
      db: await databases.migrated('SQLITE_3'),
      organization: 'unseen',
    });
    await drift.begin();
  });
  afterAll(async () => {
    await drift?.close();
    await Promise.all(proxies.map(proxy => proxy.stop()));
    await direct?.stop();
  });

  /** Lists and watches of all namespaces, which only the watches ask for. */
  function refuse(status: number) {
    proxies.forEach(proxy =>
      proxy.set({
        answer: ({ url }) =>
          url!.startsWith('/apis/networking.k8s.io/v1/networkpolicies?')
            ? { status }
            : undefined,
      }),
    );
  }

  it('is unknown and says so, finds what differs all the same, and knows again when the right is there', async () => {
    const world = drift!;
    expect(await world.look()).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(
        /NetworkPolicy isn't seen: .*refused to list NetworkPolicy/,
      ),
    });
    const policy = world.ref('NetworkPolicy', 'web');
    await world.hand.patch(policy, 'kubectl-edit', {
      metadata: { labels: { by: 'hand' } },
    });
    // Nobody told of it; whoever looks sees it.
    expect(await world.paths()).toEqual([
      'NetworkPolicy web metadata.labels.by',
    ]);
    await world.hand.patch(policy, 'kubectl-edit', {
      metadata: { labels: { by: null } },
    });
    expect(await world.look()).toMatchObject({ state: 'unknown', drifted: [] });
    proxies.forEach(proxy => proxy.set({}));
    const told = new Promise<string[]>(resolve =>
      world.writes.onWritten(resolve),
    );
    expect(await told).toEqual([world.key]);
    expect(await world.look()).toMatchObject({ state: 'none' });
    proxies.forEach(proxy => {
      refuse(403);
      proxy.cutWatches();
    });
    // A right that is taken away is noticed as well.
    await new Promise<string[]>(resolve => world.writes.onWritten(resolve));
    expect(await world.look()).toMatchObject({ state: 'unknown' });
  });
});
