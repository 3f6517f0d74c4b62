import type { Knex } from 'knex';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { DatabaseTransactions } from './transactions';

const databases = createTestDatabases();

describe.each(DATABASES)('transactions on %s', id => {
  let db: Knex;

  beforeAll(async () => {
    db = await databases.empty(id);
    await db.schema.createTable('rows', table => {
      table.integer('id').primary();
      table.integer('value');
    });
  });
  beforeEach(async () => {
    await db('rows').delete();
    await db('rows').insert({ id: 1, value: 0 });
  });

  const value = async () => (await db('rows').first()).value;

  it('write all or nothing', async () => {
    const transactions = DatabaseTransactions.create({ db });
    await transactions.run(async trx => {
      await trx('rows').update({ value: 1 });
    });
    await expect(
      transactions.run(async trx => {
        await trx('rows').update({ value: 2 });
        throw new Error('No');
      }),
    ).rejects.toThrow('No');
    expect(await value()).toBe(1);
  });

  it('are never in each other’s way, however one of them ends', async () => {
    const transactions = DatabaseTransactions.create({ db });
    await Promise.all(
      Array.from({ length: 5 }, () =>
        transactions.run(trx => trx('rows').increment('value', 1)),
      ),
    );
    expect(await value()).toBe(5);
  });
});

it('of a replica that is frozen inside one are given up for the others, and it is told when it wakes up', async () => {
  const db = await databases.empty('POSTGRES_16');
  await db.schema.createTable('rows', table => {
    table.integer('id').primary();
    table.integer('value');
  });
  await db('rows').insert({ id: 1, value: 0 });
  const frozen = DatabaseTransactions.create({ db, idleMs: 500 });
  const others = DatabaseTransactions.create({ db });
  let thaw = () => {};
  const thawed = new Promise<void>(resolve => {
    thaw = resolve;
  });
  let holds = () => {};
  const held = new Promise<void>(resolve => {
    holds = resolve;
  });
  const late = frozen.run(async trx => {
    await trx('rows').update({ value: 1 });
    holds();
    await thawed;
    await trx('rows').update({ value: 2 });
  });
  late.catch(() => {});
  await held;
  await others.run(trx => trx('rows').increment('value', 10));
  thaw();
  await expect(late).rejects.toThrow();
  expect((await db('rows').first()).value).toBe(10);
});
