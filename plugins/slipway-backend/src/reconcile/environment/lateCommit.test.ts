import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { LiveApplication } from '../../domain/live/types';
import { BatchingGitWriter } from '../../git';
import type { TestClusters } from './__testUtils__/clusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();
jest.setTimeout(60_000);

describe('a commit that waits for others', () => {
  const WRITE_MS = 400;
  let clusters: TestClusters;
  let world: World;
  let application: LiveApplication | undefined;
  let whileItWaits: () => void;

  const environments = [{ name: 'prod', class: 'open' }];
  const asOf = (offsetMs: number) =>
    new Date(world.clock.ms + offsetMs).toISOString();

  beforeAll(async () => {
    clusters = await sandboxClusters();
    world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: 'late',
      reconciler: ({ git, index }) => {
        const writer = BatchingGitWriter.create({ hosts: [git.host] });
        return {
          index: {
            environment: key => ({
              ...index.environment(key),
              ...(application && { application }),
              sources: [{ cluster: 'hub', state: 'live', asOf: asOf(0) }],
            }),
            clusters: () => index.clusters(),
            onChange: listener => index.onChange(listener),
          },
          writer: {
            depth: () => writer.depth(),
            async write(request) {
              whileItWaits();
              await new Promise(resolve => setTimeout(resolve, WRITE_MS));
              return writer.write(request);
            },
          },
        };
      },
    });
  });
  afterAll(async () => {
    await world?.close();
    await clusters?.stop();
  });

  it('is not called synced by a comparison from before it', async () => {
    whileItWaits = () => {};
    await world.declareService('web', { environments, database: false });
    await world.run();
    const key = world.key('web', 'prod');
    const { commit } = (await world.stores.environments.get(key))!;
    application = {
      name: 'web',
      namespace: 'argocd',
      uid: 'u',
      deleting: false,
      sync: 'Synced',
      health: 'Healthy',
      revision: commit!,
      reconciledAt: asOf(0),
      selfHeals: true,
      syncs: [],
      errors: [],
      troubled: [],
      resources: 3,
    };
    whileItWaits = () => {
      application = { ...application!, reconciledAt: asOf(WRITE_MS / 2) };
    };
    await world.declareService('web', {
      environments,
      database: false,
      domains: ['late.example.com'],
    });
    await world.run();
    const record = (await world.stores.environments.get(key))!;
    expect(record.commit).not.toBe(commit);
    expect(
      record.conditions.find(({ type }) => type === 'Synced'),
    ).toMatchObject({
      status: 'False',
      reason: 'AwaitingArgoCD',
      message: `Argo CD has not seen commit ${record.commit!.slice(0, 7)} yet.`,
    });
  });
});
