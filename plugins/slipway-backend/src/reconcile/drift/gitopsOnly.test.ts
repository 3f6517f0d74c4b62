import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { TestClusters } from '../environment/__testUtils__/clusters';
import { sandboxClusters } from '../environment/__testUtils__/sandboxClusters';
import { counting } from './__testUtils__/counting';
import { DriftWorld } from './__testUtils__/DriftWorld';

const databases = createTestDatabases();
jest.setTimeout(60_000);

describe('drift of a cluster that Slipway only reads', () => {
  let clusters: TestClusters;
  let drift: DriftWorld;

  beforeAll(async () => {
    clusters = await sandboxClusters();
    drift = await DriftWorld.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: 'readonly',
    });
    await drift.begin();
  });
  afterAll(async () => {
    await drift?.close();
    await clusters?.stop();
  });

  it('is unknown, says why, and asks nothing', async () => {
    const asked: string[] = [];
    drift.wrap = real => counting(real, asked);
    drift.apply = 'gitops-only';
    await drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-edit', {
      spec: { replicas: 9 },
    });
    expect(await drift.look()).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('gitops-only'),
    });
    expect(asked).toEqual([]);
  });
});
