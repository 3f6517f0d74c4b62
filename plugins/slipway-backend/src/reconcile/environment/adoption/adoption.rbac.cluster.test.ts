import { createTestDatabases } from '../../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import { asAccount, rulesOf } from '../../drift/__testUtils__/account';
import { realClusters, type TestClusters } from '../__testUtils__/clusters';
import { Handmade, SERVICE } from '../__testUtils__/handmade';
import { World } from '../__testUtils__/world';

const databases = createTestDatabases();
const start = realClusters();
jest.setTimeout(240_000);

const synced = ({ conditions }: EnvironmentRecord) =>
  conditions.find(({ type }) => type === 'Synced')?.status === 'True';

(start ? describe : describe.skip)(
  'adoptions with the rights in infra/rbac, on a real API server',
  () => {
    const run = Date.now().toString(36);
    let admin: TestClusters;
    let world: World;
    let handmade: Handmade;

    beforeAll(async () => {
      admin = await start!();
    });
    afterEach(() => world?.close());

    async function begin(name: string, rules: object[]): Promise<void> {
      const organization = `a${name}-${run}`;
      world = await World.create({
        clusters: await asAccount(admin, `adopt-${name}-${run}`, rules),
        admin,
        db: await databases.migrated('SQLITE_3'),
        organization,
      });
      await world.stores.queue.mark(['source:platform']);
      await world.run();
      handmade = new Handmade(world, `hand-${name}-${run}`);
      await handmade.make();
      await handmade.release();
    }

    it('take slipway:adoption beside slipway:controller', async () => {
      await begin('with', [
        ...rulesOf('controller.yaml'),
        ...rulesOf('adoption.yaml'),
      ]);
      const { objects } = await handmade.declare();
      expect(objects.map(({ kind, as }) => `${kind} ${as}`)).toEqual([
        'Deployment workload',
        'Service workload',
        'ConfigMap kept',
        'Secret left',
      ]);
      await world.settle(SERVICE, 'prod', synced);
    });

    it('propose nothing that may not be read: without it everything is left outside of Git', async () => {
      await begin('without', rulesOf('controller.yaml'));
      const { objects } = await handmade.preview();
      expect(objects.map(({ kind, as }) => `${kind} ${as}`)).toEqual([
        'Deployment left',
        'Service left',
        'ConfigMap left',
        'Secret left',
      ]);
    });
  },
);
