import type { Knex } from 'knex';
import { createStores, Stores } from './createStores';
import type { NewChange } from './operations/changes/openChange';
import { createTestClock, TestClock } from './__testUtils__/clock';
import { createTestDatabases, DATABASES } from './__testUtils__/databases';
import { stopAtEveryStatement } from './__testUtils__/statements';

const databases = createTestDatabases();
const repository = { url: 'file:///platform.git', branch: 'main' };

const change = (
  branch: string,
  options: Partial<NewChange> = {},
): NewChange => ({
  repository,
  branch,
  title: `Change ${branch}`,
  description: 'Why',
  author: 'user:default/ann',
  baseCommit: 'base',
  headCommit: 'head',
  ...options,
});

describe.each(DATABASES)('change stores on %s', id => {
  let db: Knex;
  let clock: TestClock;
  let stores: Stores;

  beforeAll(async () => {
    db = await databases.migrated(id);
  });

  const clear = async () => {
    for (const table of [
      'change_comments',
      'changes',
      'change_counters',
      'change_intents',
    ]) {
      await db(table).delete();
    }
  };

  beforeEach(async () => {
    await clear();
    clock = createTestClock();
    stores = createStores({ db, clock });
  });

  describe('DatabaseChangeStore', () => {
    it('keeps what the host of a change says of it, and gives the change its number there', async () => {
      const { change: opened } = await stores.changes.adoptOrInsert(
        change('a'),
      );
      const pullRequest = {
        host: 'gitea',
        number: 4711,
        url: 'https://git.example.org/acme/platform/pulls/4711',
        reviews: [{ author: 'bob', verdict: 'approved' as const }],
        checks: [],
        seenAt: '2026-01-01T00:00:00.000Z',
      };
      expect(await stores.changes.observe(opened.id, pullRequest)).toBe(true);
      const told = { ...pullRequest, told: 'digest' };
      expect(await stores.changes.observe(opened.id, told)).toBe(true);
      expect(await stores.changes.get(opened.id)).toEqual({
        ...opened,
        number: 4711,
        url: pullRequest.url,
        pullRequest: told,
      });
      const { change: next } = await stores.changes.adoptOrInsert(change('b'));
      expect(next.number).toBe(2);
      expect(await stores.changes.observe('unknown', pullRequest)).toBe(false);
    });

    it('opens a change with the next number of its repository', async () => {
      const first = await stores.changes.adoptOrInsert(change('a'));
      await stores.changes.adoptOrInsert(change('b'));
      const other = await stores.changes.adoptOrInsert(
        change('a', {
          repository: { url: 'file:///other.git', branch: 'main' },
        }),
      );
      expect(first).toEqual({
        adopted: false,
        change: {
          ...change('a'),
          id: expect.any(String),
          number: 1,
          state: 'open',
          createdAt: new Date(clock.ms).toISOString(),
          updatedAt: new Date(clock.ms).toISOString(),
        },
      });
      expect(other.change.number).toBe(1);
      expect(
        (await stores.changes.list(repository)).map(c => c.number),
      ).toEqual([2, 1]);
      expect(await stores.changes.get(first.change.id)).toEqual(first.change);
      expect(await stores.changes.get('nope')).toBeUndefined();
    });

    it('adopts the open change of the branch and leaves no gap in the numbers', async () => {
      const { change: first } = await stores.changes.adoptOrInsert(change('a'));
      expect(
        await stores.changes.adoptOrInsert(change('a', { title: 'Other' })),
      ).toEqual({
        change: first,
        adopted: true,
      });
      expect(
        (await stores.changes.adoptOrInsert(change('b'))).change.number,
      ).toBe(2);
    });

    it('keeps who else has asked for an open change, once, beside who opened it', async () => {
      const { change: first } = await stores.changes.adoptOrInsert(change('a'));
      const of = async () => (await stores.changes.get(first.id))!;
      expect((await of()).editors).toBeUndefined();
      for (const author of [
        'user:default/zoe',
        'user:default/bob',
        first.author,
      ])
        for (let times = 0; times < 2; times += 1)
          await stores.changes.adoptOrInsert(change('a', { author }));
      const { author, editors } = await of();
      expect(author).toBe(first.author);
      expect(editors).toEqual(['user:default/bob', 'user:default/zoe']);
    });

    it('opens a new change where the one of the branch is closed', async () => {
      const { change: first } = await stores.changes.adoptOrInsert(change('a'));
      await stores.changes.update(
        first.id,
        { headCommit: 'head' },
        { state: 'closed' },
      );
      const second = await stores.changes.adoptOrInsert(change('a'));
      expect(second).toMatchObject({ adopted: false, change: { number: 2 } });
      expect(await stores.changes.list(repository, { state: 'open' })).toEqual([
        second.change,
      ]);
    });

    it('gives callers at once the same change, and each branch a number of its own', async () => {
      const same = await Promise.all(
        Array.from({ length: 8 }, () =>
          stores.changes.adoptOrInsert(change('a')),
        ),
      );
      expect(new Set(same.map(result => result.change.id)).size).toBe(1);
      expect(same.filter(result => !result.adopted)).toHaveLength(1);
      const many = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          stores.changes.adoptOrInsert(change(`branch-${n}`)),
        ),
      );
      expect(
        many.map(result => result.change.number).sort((a, b) => a - b),
      ).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('is opened once and without a gap, at whichever statement the first try stops', async () => {
      const stops = await stopAtEveryStatement({
        db,
        prepare: clear,
        work: () => stores.changes.adoptOrInsert(change('a')),
        check: async () => {
          expect(
            (await stores.changes.adoptOrInsert(change('a'))).change.number,
          ).toBe(1);
          expect(await stores.changes.list(repository)).toHaveLength(1);
        },
      });
      expect(stops).toBeGreaterThanOrEqual(5);
    });

    it('writes only an open change that stands where the writer looked at it', async () => {
      const { change: first } = await stores.changes.adoptOrInsert(change('a'));
      clock.advance(1_000);
      expect(
        await stores.changes.update(
          first.id,
          { headCommit: 'old' },
          { title: 'No' },
        ),
      ).toBe(false);
      expect(
        await stores.changes.update(
          first.id,
          { headCommit: 'head' },
          { headCommit: 'h2', title: 'New' },
        ),
      ).toBe(true);
      expect(await stores.changes.get(first.id)).toMatchObject({
        title: 'New',
        description: 'Why',
        headCommit: 'h2',
        updatedAt: new Date(clock.ms).toISOString(),
      });
      const ends = await Promise.all([
        stores.changes.update(
          first.id,
          { headCommit: 'h2' },
          { state: 'merged', mergeCommit: 'm' },
        ),
        stores.changes.update(
          first.id,
          { headCommit: 'h2' },
          { state: 'closed' },
        ),
        stores.changes.update(
          first.id,
          { headCommit: 'h2' },
          { headCommit: 'h3' },
        ),
      ]);
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    it('keeps comments in the order in which they were made', async () => {
      const { change: first } = await stores.changes.adoptOrInsert(change('a'));
      const said = await stores.changes.addComment(first.id, {
        author: 'user:default/bob',
        body: 'Fine',
        verdict: 'approved',
        headCommit: 'head',
      });
      await Promise.all(
        [1, 2, 3, 4].map(n =>
          stores.changes.addComment(first.id, {
            author: 'user:default/ann',
            body: `${n}`,
          }),
        ),
      );
      const comments = await stores.changes.listComments(first.id);
      expect(comments[0]).toEqual(said);
      expect(comments.map(comment => comment.body).sort()).toEqual([
        '1',
        '2',
        '3',
        '4',
        'Fine',
      ]);
      await expect(
        stores.changes.addComment('nope', { author: 'a', body: 'b' }),
      ).rejects.toThrow('no change request nope');
    });
  });

  describe('DatabaseChangeIntentStore', () => {
    const intent = { repositoryUrl: repository.url, branch: 'slipway/shop' };
    const skeleton = {
      repository: { url: 'file:///shop.git', branch: 'main' },
      files: [{ path: 'README.md', content: '# Shop' }],
    };

    it('finds the pending intent of a branch again and keeps what an update leaves out', async () => {
      const first = await stores.changeIntents.record({ ...intent, skeleton });
      const plan = { files: [] } as never;
      const second = await stores.changeIntents.record({ ...intent, plan });
      expect(second).toMatchObject({
        id: first.id,
        state: 'pending',
        skeleton,
        plan: { files: [] },
      });
      const many = await Promise.all(
        [1, 2, 3].map(() => stores.changeIntents.record(intent)),
      );
      expect(new Set(many.map(one => one.id))).toEqual(new Set([first.id]));
    });

    it('belongs to the one change that its host opened', async () => {
      const { id: intentId } = await stores.changeIntents.record(intent);
      await stores.changeIntents.attach(intentId, '7');
      await stores.changeIntents.attach(intentId, '7');
      await expect(stores.changeIntents.attach(intentId, '8')).rejects.toThrow(
        'belongs to change 7 already, not to 8',
      );
      await expect(stores.changeIntents.attach('nope', '8')).rejects.toThrow(
        'no change intent nope',
      );
      expect(
        await stores.changeIntents.forChange(repository.url, '7'),
      ).toMatchObject({ id: intentId });
      expect(
        await stores.changeIntents.forChange('file:///other.git', '7'),
      ).toBeUndefined();
    });

    it('moves forward only, and the first one decides', async () => {
      const { id: merged } = await stores.changeIntents.record(intent);
      expect(await stores.changeIntents.markMerged(merged)).toBe(true);
      expect(await stores.changeIntents.settle(merged, 'dropped')).toBe(false);
      expect(
        (await stores.changeIntents.list({ state: 'merged', limit: 10 })).map(
          one => one.id,
        ),
      ).toEqual([merged]);
      // The branch is free again, whatever is left to do for the merged one.
      const { id: next } = await stores.changeIntents.record(intent);
      expect(next).not.toBe(merged);
      expect(await stores.changeIntents.settle(merged, 'done')).toBe(true);
      expect(await stores.changeIntents.markMerged(merged)).toBe(false);
      const ends = await Promise.all([
        stores.changeIntents.markMerged(next),
        stores.changeIntents.settle(next, 'dropped'),
      ]);
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    it('counts every try that failed', async () => {
      const { id: intentId } = await stores.changeIntents.record(intent);
      await Promise.all(
        [1, 2, 3].map(() =>
          stores.changeIntents.recordFailure(intentId, 'host is down'),
        ),
      );
      expect(await stores.changeIntents.get(intentId)).toMatchObject({
        attempts: 3,
        lastError: 'host is down',
      });
      await stores.changeIntents.settle(intentId, 'done');
      await stores.changeIntents.recordFailure(intentId, 'late');
      const done = await stores.changeIntents.get(intentId);
      expect(done).toMatchObject({ attempts: 0 });
      expect(done?.lastError).toBeUndefined();
    });
  });
});
