import type { Knex } from 'knex';
import { createStores, Stores } from './createStores';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { stopAtEveryStatement } from './__testUtils__/statements';

const databases = createTestDatabases();

describe.each(DATABASES)('small stores on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  beforeEach(async () => {
    for (const table of ['domains', 'approvals', 'timeline'])
      await db(table).delete();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  describe('DatabaseDomainStore', () => {
    it('gives a domain to the first that claims it, in whichever case it is written', async () => {
      expect(
        await stores.domains.claim('acme', 'shop', [
          'Shop.example.com',
          'b.example.com',
        ]),
      ).toEqual([]);
      expect(
        await stores.domains.claim('acme', 'shop', ['shop.example.com']),
      ).toEqual([]);
      const taken = [
        {
          domain: 'shop.example.com',
          organization: 'acme',
          service: 'shop',
          claimedAt: new Date(clock.ms),
        },
      ];
      expect(
        await stores.domains.claim('other', 'shop', [
          'shop.example.COM',
          'c.example.com',
        ]),
      ).toEqual(taken);
      expect(
        await stores.domains.claim('acme', 'blog', ['shop.example.com']),
      ).toEqual(taken);
      expect(
        await stores.domains.holders(['c.example.com', 'nobody.example.com']),
      ).toMatchObject([{ organization: 'other' }]);
    });

    it('gives up what is not kept, and never what another one holds', async () => {
      await stores.domains.claim('acme', 'shop', [
        'a.example.com',
        'b.example.com',
      ]);
      await stores.domains.claim('other', 'shop', ['c.example.com']);
      expect(await stores.domains.heldBy('acme', 'shop')).toMatchObject([
        { domain: 'a.example.com' },
        { domain: 'b.example.com' },
      ]);
      expect(await stores.domains.heldBy('acme', 'blog')).toEqual([]);
      expect(
        await stores.domains.release('acme', 'shop', {
          keep: ['A.example.com'],
        }),
      ).toEqual(['b.example.com']);
      expect(await stores.domains.release('acme', 'shop')).toEqual([
        'a.example.com',
      ]);
      expect(
        await stores.domains.claim('other', 'shop', [
          'a.example.com',
          'b.example.com',
        ]),
      ).toEqual([]);
    });

    it('has one holder when two merges race, and tells the other one', async () => {
      const merge = (organization: string, domains: string[]) =>
        stores.transactions.run(trx =>
          stores.domains.claim(organization, 'shop', domains, { trx }),
        );
      for (let round = 0; round < 10; round++) {
        const domains = [`a${round}.example.com`, `b${round}.example.com`];
        const [first, second] = await Promise.all([
          merge('acme', domains),
          merge('other', [...domains].reverse()),
        ]);
        expect([first.length, second.length].sort()).toEqual([0, 2]);
      }
    });

    it('neither claims nor gives up anything under a lease that was lost', async () => {
      const key = 'environment:acme/shop/prod';
      await db('queue_items').delete();
      await stores.queue.mark([key]);
      const [lost] = await stores.queue.claim(1);
      await stores.domains.claim('acme', 'shop', ['a.example.com'], {
        lease: lost,
      });
      clock.advance(3_600_000);
      const [lease] = await stores.queue.claim(1);
      expect(lease.key).toBe(key);
      await expect(
        stores.domains.claim('acme', 'shop', ['b.example.com'], {
          lease: lost,
        }),
      ).rejects.toThrow(key);
      await expect(
        stores.domains.release('acme', 'shop', { lease: lost }),
      ).rejects.toThrow(key);
      expect(await stores.domains.heldBy('acme', 'shop')).toMatchObject([
        { domain: 'a.example.com' },
      ]);
      expect(await stores.domains.release('acme', 'shop', { lease })).toEqual([
        'a.example.com',
      ]);
    });

    it('is not given up by who read an older spec', async () => {
      const record = (commit: string, expectedHead?: string) =>
        stores.sources.applySnapshot({
          sourceId: 'platform',
          expectedHead,
          commit,
          files: [
            {
              kind: 'ServiceSpec',
              organization: 'acme',
              name: 'shop',
              path: 'services/shop.yaml',
              text: commit,
              value: { commit },
              problems: [],
            },
          ],
          keys: () => [],
          guard: { maxDeletedShare: 0.5, minCount: 2 },
        });
      for (const table of ['resources', 'sources']) await db(table).delete();
      await stores.sources.ensure({
        id: 'platform',
        role: 'platform',
        url: 'file:///platform.git',
        branch: 'main',
      });
      await record('c1');
      await stores.domains.claim('acme', 'shop', [
        'a.example.com',
        'b.example.com',
      ]);

      // Whoever is at it while the newer spec arrives comes first as a whole.
      const trx = await db.transaction();
      expect(
        await stores.domains.release('acme', 'shop', {
          keep: ['a.example.com'],
          generation: 1,
          trx,
        }),
      ).toEqual(['b.example.com']);
      let recorded = false;
      const recording = record('c2', 'c1').then(() => {
        recorded = true;
      });
      await new Promise(resolve => setTimeout(resolve, 100));
      expect(recorded).toBe(false);
      await trx.commit();
      await recording;

      expect(
        await stores.domains.release('acme', 'shop', { generation: 1 }),
      ).toEqual([]);
      expect(
        await stores.domains.release('acme', 'shop', { generation: 2 }),
      ).toEqual(['a.example.com']);
    });

    it('is claimed as a whole or not at all, at whichever statement it stops', async () => {
      await stopAtEveryStatement({
        db,
        prepare: async () => db('domains').delete(),
        work: () =>
          stores.domains.claim('acme', 'shop', [
            'a.example.com',
            'b.example.com',
          ]),
        check: async () => {
          const held = await stores.domains.holders([
            'a.example.com',
            'b.example.com',
          ]);
          expect([0, 2]).toContain(held.length);
        },
      });
    });
  });

  describe('DatabaseApprovalStore', () => {
    const approval = {
      environment: 'acme/shop/production',
      digest: 'd1',
      actor: 'user:default/ann',
      origin: 'environment',
    };

    it('counts a person once for a digest, whichever gate they agreed at', async () => {
      const results = await Promise.all([
        stores.approvals.record(approval),
        stores.approvals.record({ ...approval, origin: 'change-7' }),
        stores.approvals.record(approval),
      ]);
      expect(results.filter(result => result.created)).toHaveLength(1);
      expect(new Set(results.map(result => result.approval.id)).size).toBe(1);
      await stores.approvals.record({ ...approval, actor: 'user:default/bob' });
      await stores.approvals.record({ ...approval, digest: 'd2' });
      const { environment, digest } = approval;
      expect(
        (await stores.approvals.list({ environment, digest })).map(
          a => a.actor,
        ),
      ).toHaveLength(2);
      expect(await stores.approvals.list({ environment })).toHaveLength(3);
      expect(await stores.approvals.list({ origin: 'nowhere' })).toEqual([]);
    });
  });

  describe('DatabaseTimelineStore', () => {
    const entry = (subject: string, dedupeKey: string) => ({
      subject,
      type: 'Release',
      reason: 'Arrived',
      title: `Revision ${dedupeKey}`,
      dedupeKey,
    });

    it('tells an event once, however often the step is repeated', async () => {
      expect(
        await stores.timeline.record([
          entry('service:acme/shop', '1'),
          entry('service:acme/shop', '2'),
        ]),
      ).toBe(2);
      expect(
        await stores.timeline.record([
          entry('service:acme/shop', '2'),
          entry('service:acme/blog', '2'),
        ]),
      ).toBe(1);
      expect(await stores.timeline.record([])).toBe(0);
      const counts = await Promise.all(
        [1, 2, 3].map(() =>
          stores.timeline.record([entry('service:acme/shop', '3')]),
        ),
      );
      expect(counts.sort()).toEqual([0, 0, 1]);
    });

    it('pages from the newest to the oldest without gaps or repetitions', async () => {
      await stores.timeline.record(
        Array.from({ length: 1_200 }, (_, n) => ({
          ...entry('service:acme/shop', `${n}`),
          at: new Date(clock.ms + n),
          data: { n },
        })),
      );
      await stores.timeline.record([entry('service:acme/blog', '0')]);
      const seen: unknown[] = [];
      for (let before: number | undefined; ;) {
        const page = await stores.timeline.list({
          subjects: ['service:acme/shop'],
          before,
          limit: 500,
        });
        if (page.length === 0) break;
        seen.push(...page.map(event => event.data?.n));
        before = page[page.length - 1].id;
      }
      expect(seen).toEqual(Array.from({ length: 1_200 }, (_, n) => 1_199 - n));
      expect((await stores.timeline.list({ limit: 1 }))[0]).toMatchObject({
        subject: 'service:acme/blog',
        at: new Date(clock.ms),
      });
      expect(await stores.timeline.list({ subjects: [], limit: 1 })).toEqual(
        [],
      );
    });
  });
});
