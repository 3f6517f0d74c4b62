import type { Knex } from 'knex';
import type { Reconciler } from '../Reconciler';

/** Short, so that a test doesn't wait; long enough for a process that is only slow. */
export const PROCESS_LEASE_MS = 2_000;

/** What reconcilers did to the world outside, in order. */
export async function createEffects(db: Knex): Promise<void> {
  await db.schema.createTable('effects', table => {
    table.increments('position');
    table.text('effect').notNullable();
  });
}

export async function listEffects(db: Knex): Promise<string[]> {
  return (await db('effects').select('effect').orderBy('position')).map(
    row => row.effect,
  );
}

/** Takes two steps, each of which can be seen from outside. */
export function effectReconciler(
  db: Knex,
  name: string,
  between: () => Promise<void>,
): Reconciler {
  return {
    prefix: 'thing',
    async reconcile({ step }) {
      await step('first', () =>
        db('effects').insert({ effect: `${name} first` }),
      );
      await between();
      await step('second', () =>
        db('effects').insert({ effect: `${name} second` }),
      );
      return { type: 'done' };
    },
  };
}
