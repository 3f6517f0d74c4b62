import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { TestClusters } from '../environment/__testUtils__/clusters';
import { sandboxClusters } from '../environment/__testUtils__/sandboxClusters';
import { stopAtEveryStep } from '../engine/__testUtils__/stopAtEveryStep';
import { DriftWorld } from './__testUtils__/DriftWorld';

const databases = createTestDatabases();
jest.setTimeout(600_000);

describe('a process that stops at any step of putting back', () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  let clusters: TestClusters;
  let drift: DriftWorld | undefined;
  let count = 0;

  beforeAll(async () => {
    clusters = await sandboxClusters();
  });
  afterEach(() => drift?.close());
  afterAll(() => clusters?.stop());

  it('loses no request, tells each episode once, and leaves everything as agreed', async () => {
    const stops = await stopAtEveryStep({
      logger,
      isOwn: ({ key, when }) => key.startsWith('drift:') && when === 'before',
      prepare: async () => {
        await drift?.close();
        drift = await DriftWorld.create({
          clusters,
          db: await databases.migrated('SQLITE_3'),
          organization: `stop${count++}`,
        });
        await drift.begin();
        await drift.hand.patch(
          drift.ref('NetworkPolicy', 'web'),
          'kubectl-edit',
          { metadata: { labels: { by: 'hand' } }, spec: { podSelector: null } },
          { type: 'merge' },
        );
        await drift.hand.delete(drift.ref('Service', 'web'));
        await drift.look();
        await drift.world.stores.drifts.ask({
          environment: drift.key,
          actor: 'user:default/dana',
        });
        await drift.world.stores.queue.mark([`drift:${drift.key}`]);
        const world = drift;
        return {
          queue: world.world.stores.queue,
          reconcilers: () => [world.reconciler(), ...world.world.reconcilers()],
          expireLeases: () => world.world.clock.advance(60_000),
        };
      },
      check: async () => {
        const world = drift!;
        await world.sync();
        // The clock of the database ran ahead to end the lease; a later look is what a portal takes anyway.
        expect(await world.paths()).toEqual([]);
        expect(await world.world.stores.drifts.asked(world.key)).toEqual([]);
        expect((await world.told()).map(({ reason }) => reason)).toEqual([
          'Drifted',
          'NotDrifted',
        ]);
      },
    });
    expect(stops.map(({ step }) => step)).toEqual([
      'put back NetworkPolicy web',
      'take off NetworkPolicy web',
      'ask Argo CD to sync',
      'record drift',
      'complete',
    ]);
  });
});
