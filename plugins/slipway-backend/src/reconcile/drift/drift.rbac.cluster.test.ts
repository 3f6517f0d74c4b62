import { createTestDatabases } from '../../database/__testUtils__/databases';
import {
  realClusters,
  type TestClusters,
} from '../environment/__testUtils__/clusters';
import { asAccount, rulesOf } from './__testUtils__/account';
import { DriftWorld } from './__testUtils__/DriftWorld';

const databases = createTestDatabases();
const start = realClusters();
jest.setTimeout(240_000);

(start ? describe : describe.skip)(
  'drift with the rights in infra/rbac, on a real API server',
  () => {
    const run = Date.now().toString(36);
    let admin: TestClusters;
    let drift: DriftWorld | undefined;

    beforeAll(async () => {
      admin = await start!();
    });
    afterEach(() => drift?.close());

    const begin = async (name: string, rules: object[]) => {
      const account = `drift-${name}-${run}`;
      drift = await DriftWorld.create({
        clusters: await asAccount(admin, account, rules),
        admin,
        db: await databases.migrated('SQLITE_3'),
        organization: account,
      });
      await drift.begin();
      return drift;
    };

    it('is found, noticed and put back with slipway:live beside slipway:controller', async () => {
      const world = await begin('with', [
        ...rulesOf('controller.yaml'),
        ...rulesOf('live.yaml'),
      ]);
      expect(await world.look()).toMatchObject({ state: 'none' });
      await world.seen();
      const noticed = [...world.writes.seen(world.key).keys()].map(
        key => key.split(' ')[1],
      );
      expect(noticed).toEqual(
        expect.arrayContaining(['NetworkPolicy', 'RoleBinding', 'AppProject']),
      );
      await world.hand.patch(world.ref('Deployment', 'web'), 'kubectl-set', {
        metadata: { labels: { by: 'hand' } },
      });
      await world.hand.patch(
        world.ref('NetworkPolicy', 'web'),
        'kubectl-edit',
        {
          metadata: { labels: { by: 'hand' } },
        },
      );
      expect(await world.paths()).toHaveLength(2);
      await world.world.stores.drifts.ask({
        environment: world.key,
        actor: 'user:default/dana',
      });
      expect(await world.paths()).toEqual([]);
    });

    it('is unknown where writes to a kind are not seen, and says which right is missing', async () => {
      const watched = (rules: object[]) =>
        rules.filter(
          rule =>
            !(rule as { resources: string[] }).resources.includes(
              'networkpolicies',
            ),
        );
      const world = await begin('older', [
        ...rulesOf('controller.yaml'),
        ...watched(rulesOf('live.yaml')),
      ]);
      expect(await world.look()).toMatchObject({
        state: 'unknown',
        message: expect.stringMatching(
          /NetworkPolicy isn't seen: .*cannot list resource "networkpolicies"/,
        ),
      });
      // What differs by now is found all the same.
      await world.hand.patch(
        world.ref('NetworkPolicy', 'web'),
        'kubectl-edit',
        { metadata: { labels: { by: 'hand' } } },
      );
      expect(await world.paths()).toHaveLength(1);
    });

    it('is unknown without slipway:live, and says which right is missing', async () => {
      const world = await begin('without', rulesOf('controller.yaml'));
      expect(await world.look()).toMatchObject({
        state: 'unknown',
        message: expect.stringMatching(/Deployment web: .*forbidden/),
      });
    });
  },
);
