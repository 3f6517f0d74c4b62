import type { Knex } from 'knex';
import { MIGRATIONS_DIRECTORY } from './migrate';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';

const databases = createTestDatabases();
const migrations = { directory: MIGRATIONS_DIRECTORY };

const at = new Date('2026-01-02T03:04:05.678Z');

/** A row for every table, parents before children. */
const ROWS: Array<[table: string, row: Record<string, unknown>]> = [
  [
    'queue_items',
    {
      key: 'environment:acme/shop/production',
      ticket: 't',
      due_at: at,
      claimable_at: at,
      updated_at: at,
    },
  ],
  [
    'sources',
    {
      id: 'platform',
      role: 'platform',
      url: 'file:///p.git',
      branch: 'main',
      updated_at: at,
    },
  ],
  [
    'resources',
    {
      kind: 'ServiceSpec',
      organization: 'acme',
      name: 'shop',
      source_id: 'platform',
      path: 'organizations/acme/services/shop.yaml',
      commit: 'c0ffee',
      text: 'kind: ServiceSpec',
      generation: 1,
      updated_at: at,
    },
  ],
  [
    'pipeline_runs',
    { service: 'acme/shop', source: 'tekton eu', runs: '[]', seen_at: at },
  ],
  [
    'binding_webhooks',
    {
      organization: 'acme',
      name: 'shop',
      host: 'gitea',
      repository: 'https://git.example.com/acme/shop.git',
      branch: 'main',
      url: 'https://portal.example.com/acme/shop',
      nonce: 'n',
      conditions: '[]',
    },
  ],
  [
    'webhook_deliveries',
    { organization: 'acme', name: 'shop', digest: 'd', forget_at: at },
  ],
  [
    'webhook_pings',
    { organization: 'acme', name: 'shop', count: 1, last_at: at },
  ],
  [
    'domains',
    {
      domain: 'shop.example.com',
      organization: 'acme',
      service: 'shop',
      claimed_at: at,
    },
  ],
  [
    'environments',
    {
      key: 'acme/shop/production',
      organization: 'acme',
      service: 'shop',
      name: 'production',
      class: 'production',
      namespace: 'acme--shop--production',
      phase: 'queued',
      declared: true,
      created_at: at,
      updated_at: at,
      revision: 1,
    },
  ],
  [
    'releases',
    {
      organization: 'acme',
      service: 'shop',
      id: '0123456789ab',
      workloads: '[]',
      revision: 'c0ffee',
      actor: 'user:default/ann',
      git_name: 'Ann',
      git_email: 'ann@example.com',
      at,
      ordered_at: at,
    },
  ],
  [
    'wanted_revisions',
    {
      environment: 'acme/shop/production',
      workload: 'web',
      organization: 'acme',
      service: 'shop',
      revision: 'c0ffee',
      release: '0123456789ab',
      ordered_at: at,
      told_at: at,
      asked_at: at,
      actor: 'user:default/ann',
      git_name: 'Ann',
      git_email: 'ann@example.com',
      origin: 'revision',
      serial: 's',
    },
  ],
  [
    'asked_moves',
    {
      environment: 'acme/shop/production',
      origin: 'rollback',
      organization: 'acme',
      service: 'shop',
      release: '0123456789ab',
      workloads: '[]',
      asked_at: at,
      actor: 'user:default/ann',
      git_name: 'Ann',
      git_email: 'ann@example.com',
      serial: 's',
    },
  ],
  [
    'spec_dispatches',
    {
      id: 'd',
      organization: 'acme',
      service: 'shop',
      spec: '{}',
      actor: 'user:default/ann',
      git_name: 'Ann',
      git_email: 'ann@example.com',
      at,
    },
  ],
  ['seen_signatures', { digest: 'd', forget_at: at }],
  [
    'approvals',
    {
      id: 'a',
      environment: 'acme/shop/production',
      digest: 'd',
      actor: 'user:default/ann',
      origin: 'environment',
      at,
    },
  ],
  [
    'timeline',
    {
      subject: 'environment:acme/shop/production',
      at,
      type: 'Declared',
      reason: 'Declared',
      title: 'Declared',
      dedupe_key: '1',
    },
  ],
  [
    'drifts',
    {
      environment: 'acme/shop/production',
      state: 'none',
      changed_at: at,
      objects: 0,
      fields: 0,
      result: '[]',
      checks: '{}',
    },
  ],
  [
    'drift_requests',
    {
      id: 'd',
      environment: 'acme/shop/production',
      actor: 'user:default/ann',
      at,
    },
  ],
  [
    'episodes',
    {
      id: 'e',
      environment: 'acme/shop/production',
      kind: 'failed',
      began_at: at,
    },
  ],
  ['change_counters', { repository_url: 'file:///p.git', last_number: 1 }],
  [
    'changes',
    {
      id: 'one',
      number: 1,
      repository_url: 'file:///p.git',
      repository_branch: 'main',
      branch: 'slipway/shop',
      title: 'Shop',
      description: '',
      state: 'open',
      author: 'user:default/ann',
      base_commit: 'a',
      head_commit: 'b',
      created_at: at,
      updated_at: at,
    },
  ],
  [
    'change_comments',
    {
      id: 'c',
      change_id: 'one',
      position: 1,
      author: 'user:default/ann',
      at,
      body: 'Fine',
    },
  ],
  ['change_editors', { change_id: 'one', actor: 'user:default/bob' }],
  [
    'change_pull_requests',
    {
      change_id: 'one',
      number: 7,
      url: 'https://git.example.org/acme/platform/pulls/7',
      details: '{}',
    },
  ],
  [
    'change_intents',
    {
      id: 'i',
      repository_url: 'file:///p.git',
      branch: 'slipway/shop',
      state: 'pending',
      created_at: at,
      updated_at: at,
    },
  ],
  ['live_messages', { id: 1, sequence: 1, sent_at: at }],
  [
    'live_states',
    { subject: 'environment:acme/shop/production', state: 's', moved_at: at },
  ],
  ['installation_secrets', { name: 'live-topics', value: 'v', created_at: at }],
];

async function tables(db: Knex): Promise<string[]> {
  const { rows } =
    db.client.config.client === 'pg'
      ? await db.raw(
          `select tablename as name from pg_tables where schemaname = 'public'`,
        )
      : {
          rows: await db.raw(
            `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
          ),
        };
  return (rows as Array<{ name: string }>)
    .map(row => row.name)
    .filter(name => !name.startsWith('knex_'))
    .sort();
}

describe.each(DATABASES)('migrations on %s', id => {
  it('make every table, take a row in each, and go down and up again with the data of the steps that stay', async () => {
    const db = await databases.empty(id);
    const versions = (await db.migrate.list(migrations))[1].length;
    await db.migrate.latest(migrations);
    expect(await tables(db)).toEqual(ROWS.map(([table]) => table).sort());

    for (const [table, row] of ROWS) await db(table).insert(row);

    for (let version = versions; version > 0; version--) {
      const before = await tables(db);
      await db.migrate.down(migrations);
      const left = await tables(db);
      expect(left.length).toBeLessThan(before.length);
      for (const table of left)
        expect(await db(table).select('*')).toHaveLength(1);
    }
    expect(await tables(db)).toEqual([]);

    await db.migrate.latest(migrations);
    for (const [table, row] of ROWS) await db(table).insert(row);
    for (const [table] of ROWS)
      expect(await db(table).select('*')).toHaveLength(1);
  });

  it('keep data while they go up one at a time', async () => {
    const db = await databases.empty(id);
    const pending = [...ROWS];
    for (;;) {
      const [, [next]] = await db.migrate.list(migrations);
      if (!next) break;
      await db.migrate.up(migrations);
      const known = await tables(db);
      while (pending.length > 0 && known.includes(pending[0][0])) {
        const [table, row] = pending.shift()!;
        await db(table).insert(row);
      }
    }
    expect(pending).toEqual([]);
    for (const [table] of ROWS)
      expect(await db(table).select('*')).toHaveLength(1);
  });

  it('keep one open change and one pending intent a branch', async () => {
    const db = await databases.migrated(id);
    for (const [table, row] of ROWS) await db(table).insert(row);
    const row = (table: string) => ROWS.find(([name]) => name === table)![1];
    await expect(
      db('changes').insert({ ...row('changes'), id: 'two', number: 2 }),
    ).rejects.toThrow(/unique/i);
    await expect(
      db('change_intents').insert({ ...row('change_intents'), id: 'j' }),
    ).rejects.toThrow(/unique/i);
    await db('changes').insert({
      ...row('changes'),
      id: 'two',
      number: 2,
      state: 'closed',
    });
    await db('change_intents').insert({
      ...row('change_intents'),
      id: 'j',
      state: 'done',
    });
  });

  it('refuse a resource of a source that is not there', async () => {
    const db = await databases.migrated(id);
    await expect(db('resources').insert(ROWS[2][1])).rejects.toThrow(
      /foreign key/i,
    );
  });
});
