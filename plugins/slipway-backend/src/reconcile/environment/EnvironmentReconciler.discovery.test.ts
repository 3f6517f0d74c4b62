import { createTestDatabases } from '../../database/__testUtils__/databases';
import {
  FaultProxy,
  type ProxyFaults,
} from '../../faults/__testUtils__/FaultProxy';
import { arrived, speaks } from './__testUtils__/onWorlds';
import type { TestClusters } from './__testUtils__/clusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();
const ENVIRONMENTS = [{ name: 'prod', class: 'open', cluster: 'hub' }];
const ROUTE_KIND = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ingressroutes.traefik.io' },
  spec: {
    group: 'traefik.io',
    names: {
      kind: 'IngressRoute',
      plural: 'ingressroutes',
      singular: 'ingressroute',
      listKind: 'IngressRouteList',
    },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

/** One group of the older form of discovery can't be read. */
const refusing =
  (group: string): ProxyFaults['answer'] =>
  ({ url }) =>
    url === `/apis/${group}` ? { status: 503 } : undefined;

/** A server that has just begun to listen: it doesn't know of the CRDs yet. */
const starting: ProxyFaults['answer'] = ({ url }) =>
  url === '/apis'
    ? {
        status: 200,
        body: {
          kind: 'APIGroupList',
          groups: [
            'apps',
            'networking.k8s.io',
            'rbac.authorization.k8s.io',
          ].map(name => ({
            name,
            versions: [{ groupVersion: `${name}/v1`, version: 'v1' }],
          })),
        },
      }
    : undefined;

describe('EnvironmentReconciler, when a cluster does not say all that it serves', () => {
  let direct: TestClusters;
  let proxies: FaultProxy[];
  let world: World;
  let minutes = 0;
  let count = 0;

  beforeAll(async () => {
    direct = await sandboxClusters();
  });
  beforeEach(async () => {
    proxies = await Promise.all(
      direct.configured.map(({ connection: { url, ca } }) =>
        FaultProxy.start({ url, ca }),
      ),
    );
    world = await World.create({
      clusters: {
        configured: direct.configured.map(({ info, connection }, i) => ({
          info,
          connection: { ...connection, url: proxies[i].url },
        })),
        stop: async () => {},
      },
      admin: direct,
      db: await databases.migrated('SQLITE_3'),
      organization: `said${count++}`,
      now: () => new Date(Date.now() + minutes * 60_000),
    });
    await world.hands.client('hub').apply(ROUTE_KIND);
    await world.until(() =>
      world.hands
        .client('hub')
        .serves({ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' }),
    );
  });
  afterEach(async () => {
    await world?.close();
    await Promise.all(proxies.map(proxy => proxy.stop()));
  });
  afterAll(() => direct?.stop());

  const answer = (what: ProxyFaults['answer']) =>
    proxies.forEach(proxy => proxy.set({ answer: what }));

  async function begin(): Promise<void> {
    minutes += 11;
    await world.declareService('web', {
      environments: ENVIRONMENTS,
      domains: [`${world.organization}.example.com`],
    });
    await world.settle('web', 'prod', arrived);
  }

  const kept = () => {
    const { application, objects } = world.index.environment(
      world.key('web', 'prod'),
    );
    return { application: application?.sync, objects };
  };

  it.each([
    ['one group can not be read', refusing('traefik.io/v1alpha1')],
    ['it has just been started', starting],
  ])('delivers nothing else while %s', async (_, fault) => {
    await begin();
    const [tree, commits, card] = [
      await world.tree(),
      await world.commits(),
      kept(),
    ];
    expect(JSON.stringify(tree)).toContain('kind: IngressRoute');
    minutes += 11;
    answer(fault);
    for (let i = 0; i < 3; i++) {
      world.clock.advance(60_000);
      await world.stores.queue.mark([
        `environment:${world.key('web', 'prod')}`,
      ]);
      await world.run();
    }
    expect(await world.commits()).toEqual(commits);
    expect(await world.tree()).toEqual(tree);
    proxies.forEach(proxy => proxy.cutWatches());
    await new Promise(done => setTimeout(done, 500));
    expect(kept()).toEqual(card);
  });

  it.each([
    ['one group can not be read', refusing('argoproj.io/v1alpha1')],
    ['it has just been started', starting],
  ])('takes nothing for deleted while %s', async (_, fault) => {
    await begin();
    await world.removeService('web');
    minutes += 11;
    answer(fault);
    for (let i = 0; i < 3; i++) {
      await world.run();
      world.clock.advance(60_000);
      await world.stores.queue.mark([
        `environment:${world.key('web', 'prod')}`,
      ]);
    }
    const record = await world.stores.environments.get(
      world.key('web', 'prod'),
    );
    expect(record!.phase).not.toBe('deleted');
    answer(undefined);
    minutes += 1;
    await world.settle('web', 'prod', ({ phase }) => phase === 'deleted');
    expect(await world.objects('web', 'prod')).toEqual([]);
  });

  it('finishes a removal when the kinds of Argo CD are gone for good, and says what it waits for', async () => {
    await begin();
    await world.removeService('web');
    minutes += 11;
    answer(starting);
    const waits = await world.settle(
      'web',
      'prod',
      speaks('ClusterUnreachable'),
    );
    expect(JSON.stringify(waits.conditions)).toMatch(
      /does not list argoproj\.io\/v1alpha1 Application any more.*after 15 s/,
    );
    minutes += 1;
    await world.settle('web', 'prod', ({ phase }) => phase === 'deleted');
  });
});
