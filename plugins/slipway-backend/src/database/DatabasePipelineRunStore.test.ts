import type { PipelineRunItem } from '@slipway/plugin-slipway-node';
import type { Knex } from 'knex';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { createStores, Stores } from './createStores';

const databases = createTestDatabases();
const SHOP = 'acme/shop';
const HUB = 'tekton hub';

const run = (id: string): PipelineRunItem => ({
  id,
  name: id,
  state: 'failed',
  byUs: true,
  steps: [{ id: 's', name: 'test', state: 'failed', logs: true }],
});

describe.each(DATABASES)('DatabasePipelineRunStore on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });
  beforeEach(async () => {
    await db('pipeline_runs').delete();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  it('gives back the last runs of each place, with the time when they were seen', async () => {
    const runs = [{ run: run('a'), environment: 'preview' }, { run: run('b') }];
    await stores.pipelineRuns.save(SHOP, HUB, [{ run: run('old') }]);
    clock.advance(1_000);
    await stores.pipelineRuns.save(SHOP, HUB, runs);
    await stores.pipelineRuns.save(SHOP, 'argo-workflows hub', []);
    await stores.pipelineRuns.save('acme/other', HUB, [{ run: run('c') }]);
    expect(await stores.pipelineRuns.list(SHOP)).toEqual([
      { source: HUB, runs, seenAt: expect.any(Date) },
    ]);
  });

  it('keeps nothing of a place where there are none any more', async () => {
    await stores.pipelineRuns.save(SHOP, HUB, [{ run: run('a') }]);
    await stores.pipelineRuns.save(SHOP, HUB, []);
    expect(await stores.pipelineRuns.list(SHOP)).toEqual([]);
  });
});
