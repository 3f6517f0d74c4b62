import { createTestDatabases } from '../../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import type { TestClusters } from './clusters';
import { World } from './world';

/** Its rendered files run. */
export const arrived = ({ conditions }: EnvironmentRecord): boolean =>
  conditions.find(({ type }) => type === 'Synced')?.status === 'True';

/** This is the first thing that isn't well. */
export const speaks =
  (reason: string) =>
  ({ conditions }: EnvironmentRecord): boolean =>
    conditions.find(({ status }) => status !== 'True')?.reason === reason;

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/**
 * Declares tests that hold on any API server, each in a world of its own: an organization whose name begins like this.
 * Skipped where there is no server to start.
 */
export function onWorlds(
  title: string,
  start: (() => Promise<TestClusters>) | undefined,
  beginning: string,
  tests: (its: { world(): World }) => void,
): void {
  const databases = createTestDatabases();

  (start ? describe : describe.skip)(title, () => {
    let clusters: TestClusters;
    let world: World;
    const run = Date.now().toString(36);
    let count = 0;

    beforeAll(async () => {
      clusters = await start!();
    });

    beforeEach(async () => {
      world = await World.create({
        clusters,
        db: await databases.migrated('SQLITE_3'),
        organization: `${beginning}${run}-${count++}`,
      });
    });

    afterEach(() => world?.close());
    afterAll(() => clusters?.stop());

    tests({ world: () => world });
  });
}
