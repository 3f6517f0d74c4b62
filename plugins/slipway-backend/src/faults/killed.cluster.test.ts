import type { Knex } from 'knex';
import { createTestDatabases } from '../database/__testUtils__/databases';
import type { KubernetesObject } from '../ports/Clusters';
import { BackendProcess } from './__testUtils__/BackendProcess';
import type { StepMessage } from './__testUtils__/backendMain';
import type { FaultProxy } from './__testUtils__/FaultProxy';
import { Ground } from './__testUtils__/Ground';
import { until } from './__testUtils__/processes';

const databases = createTestDatabases();
const all = process.env.SLIPWAY_TEST_ALL === '1';
const onRealParts =
  process.env.SLIPWAY_TEST_CLUSTER_URL || all ? describe : describe.skip;

/** Where the short set ends the process: in the middle of what it makes in a cluster. Each life takes seconds to begin. */
const SHORT = ['environment: create secrets'];

/** Everything of Slipway's that can be in a cluster. */
const KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['argoproj.io/v1alpha1', 'AppProject'],
  ['argoproj.io/v1alpha1', 'Application'],
].map(([apiVersion, kind]) => ({ apiVersion, kind }));

onRealParts('a backend that is killed at a step', () => {
  let ground: Ground;
  let db: Knex;
  let proxies: FaultProxy[];
  let backend: BackendProcess | undefined;
  const seen = new Set<string>();
  let lives = 0;

  beforeAll(async () => {
    ground = await Ground.start({ clusters: 1 });
    db = await databases.empty('POSTGRES_16');
    proxies = await ground.connect();
    ground.playArgoCD('target', 'neighbour');
  }, 120_000);
  afterAll(async () => {
    await backend?.stop();
    await ground?.stop();
  }, 60_000);

  /** Ends at the first step at which none has ended before; in the short set only at some. */
  const mayTake = ({ key, step }: StepMessage): boolean => {
    const name = `${key.split(':', 1)[0]}: ${step}`;
    if (!key.startsWith('environment:shop/target/') && /^(env|drift)/.test(key))
      return true;
    if (seen.has(name) || !(all || SHORT.includes(name))) return true;
    seen.add(name);
    return false;
  };

  const start = async () => {
    lives++;
    backend = await BackendProcess.start({
      ground,
      proxies,
      db,
      name: `life-${lives}`,
      slipway: {
        queue: {
          pollMs: 100,
          leaseSeconds: 1,
          maxBackoffMs: 1_000,
          // Each life that ends counts as an attempt.
          maxAttempts: 1_000,
        },
      },
      onStep: mayTake,
    });
  };

  /** Starts it again whenever it was killed, until the environment is where it should be. */
  async function live(holds: () => Promise<boolean>): Promise<void> {
    await until(
      async () => {
        if (!backend || backend.hasEnded) await start();
        return holds().catch(() => false);
      },
      { seconds: all ? 1_200 : 150, what: 'it gets there' },
    );
  }

  /** Objects that carry the labels of a service, as somebody else sees them. */
  async function objectsOf(service: string): Promise<string[]> {
    const client = ground.admin.client('hub');
    const labelSelector = `slipway.dev/service=${service}`;
    const found: KubernetesObject[] = [];
    for (const kind of KINDS)
      for (const object of await client.list(kind, { labelSelector }))
        found.push({ ...object, ...kind });
    return found
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .map(line => line.replace(`--${service}--`, '--SERVICE--'))
      .sort();
  }

  const environment = async (service: string) => {
    const { status, body } = await backend!.get(
      `/environments/shop/${service}/prod`,
    );
    return status === 200 ? body : undefined;
  };
  const isSynced = async (service: string) => {
    const { conditions } = (await environment(service)) ?? { conditions: [] };
    return conditions.some(
      (c: { type: string; status: string }) =>
        c.type === 'Synced' && c.status === 'True',
    );
  };

  const folders = async () =>
    Object.keys(await ground.git.contents(ground.gitops)).filter(path =>
      path.endsWith('/environment.yaml'),
    );

  it(
    'leaves nothing orphaned and nothing doubled, whichever step it is',
    async () => {
      // Made by lives that nobody ends: what the other one is compared to.
      await ground.declare({ neighbour: { cluster: 'hub', database: true } });
      await live(() => isSynced('neighbour'));
      const expected = await objectsOf('neighbour');
      expect(expected.length).toBeGreaterThan(10);

      await ground.declare({
        neighbour: { cluster: 'hub', database: true },
        target: { cluster: 'hub', database: true },
      });
      await live(() => isSynced('target'));
      expect(await objectsOf('target')).toEqual(expected);
      expect(await folders()).toHaveLength(2);
      await expectNoDoubles('target');

      await ground.declare({ target: null });
      await live(
        async () =>
          (await environment('target')) === undefined ||
          (await environment('target')).phase === 'deleted',
      );
      await live(async () => (await objectsOf('target')).length === 0);
      expect(await objectsOf('neighbour')).toEqual(expected);
      expect(await folders()).toHaveLength(1);
      await expectNoDoubles('target');

      const steps = [...seen].filter(name => name.startsWith('environment:'));
      expect(steps).toEqual(expect.arrayContaining(SHORT));
      expect(steps.length).toBeGreaterThanOrEqual(all ? 12 : SHORT.length);
      expect(lives).toBeGreaterThan(seen.size);
      // Dead letters would be work that nobody does any more.
      const { body } = await backend!.get('/operations');
      expect(body.queue.dead).toBe(0);
    },
    all ? 1_500_000 : 240_000,
  );

  /** No commit says what the one before it says, and nothing is told twice. */
  async function expectNoDoubles(service: string): Promise<void> {
    const trees = (
      await ground.git.git(ground.gitops, [
        'log',
        '--first-parent',
        '--format=%T',
        'main',
      ])
    ).split('\n');
    expect(trees.filter((tree, i) => tree === trees[i + 1])).toEqual([]);
    const titles = (
      await ground.git.git(ground.gitops, ['log', '--format=%s', 'main'])
    )
      .split('\n')
      .filter(title => title.includes(`/${service}/`));
    expect(titles).toEqual([...new Set(titles)]);
    const rows = await db
      .withSchema('slipway')
      .from('timeline')
      .select('dedupe_key', 'subject');
    const keys = rows.map(row => JSON.stringify(row));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  }
});
