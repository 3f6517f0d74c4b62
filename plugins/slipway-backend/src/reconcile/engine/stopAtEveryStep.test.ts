import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { createTestClock } from '../../database/__testUtils__/clock';
import {
  createTestDatabases,
  DATABASES,
} from '../../database/__testUtils__/databases';
import { DatabaseWorkQueue } from '../../database/DatabaseWorkQueue';
import { SteppedWorld, stopAtEveryStep } from './__testUtils__/stopAtEveryStep';
import type { Reconciler } from './Reconciler';

const databases = createTestDatabases();
const logger = mockServices.logger.mock();
logger.child.mockReturnValue(logger);

/** A world outside, in which things are made once and by name. */
interface World extends SteppedWorld {
  outside: string[];
  queue: DatabaseWorkQueue;
}

describe.each(DATABASES)('a process that stops at any step, on %s', id => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  const prepareWith =
    (reconciler: (outside: string[]) => Reconciler) =>
    async (): Promise<World> => {
      await db('queue_items').delete();
      const clock = createTestClock();
      const queue = DatabaseWorkQueue.create({ db, clock });
      await queue.mark(['thing:a']);
      await queue.mark(['thing:b'], { delayMs: 1 });
      clock.advance(1);
      const outside: string[] = [];
      return {
        outside,
        queue,
        reconcilers: () => [reconciler(outside)],
        expireLeases: () => clock.advance(60_000),
      };
    };

  const idempotent = (outside: string[]): Reconciler => ({
    prefix: 'thing',
    async reconcile({ key, step }) {
      for (const part of ['namespace', 'release']) {
        await step(part, async () => {
          const made = `${key} ${part}`;
          if (!outside.includes(made)) outside.push(made);
        });
      }
      return { type: 'done' };
    },
  });

  it('leaves nothing undone and nothing done twice', async () => {
    const stops = await stopAtEveryStep({
      prepare: prepareWith(idempotent),
      logger,
      check: async world => {
        expect(world.outside.sort()).toEqual([
          'thing:a namespace',
          'thing:a release',
          'thing:b namespace',
          'thing:b release',
        ]);
        expect(await world.queue.stats()).toMatchObject({
          due: 0,
          leased: 0,
          waiting: 0,
          dead: 0,
        });
      },
    });
    expect(
      stops.map(({ key, step, when }) => `${key} ${when} ${step}`),
    ).toEqual(
      ['thing:a', 'thing:b'].flatMap(key =>
        ['namespace', 'release', 'complete'].flatMap(step => [
          `${key} before ${step}`,
          `${key} after ${step}`,
        ]),
      ),
    );
  });

  it('is found out by a step that is not idempotent', async () => {
    const careless = (outside: string[]): Reconciler => ({
      prefix: 'thing',
      async reconcile({ key, step }) {
        await step('charge', async () => outside.push(key));
        return { type: 'done' };
      },
    });
    const doubled: string[] = [];
    await stopAtEveryStep({
      prepare: prepareWith(careless),
      logger,
      check: (world, stoppedAt) => {
        if (world.outside.length !== 2)
          doubled.push(
            `${stoppedAt?.key} ${stoppedAt?.when} ${stoppedAt?.step}`,
          );
      },
    });
    expect(doubled).toEqual([
      'thing:a after charge',
      'thing:a before complete',
      'thing:b after charge',
      'thing:b before complete',
    ]);
  });
});
