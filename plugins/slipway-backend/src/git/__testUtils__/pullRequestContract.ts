/* eslint-disable jest/no-export -- the same tests are declared for each kind of Git host */
import type {
  PullRequestHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { startReceiver } from './receiver';
import { type HostUnderTest, proposal } from './changeContract';

/** A host with pull requests, and what people do there. */
export interface PullRequestHostUnderTest extends HostUnderTest {
  pulls: PullRequestHost;
  /** The same host asked with credentials that it doesn't know. */
  stranger: PullRequestHost;
  /** Opens a pull request of a branch, as somebody else; gives its number. */
  openPull(repository: RepositoryRef, branch: string): Promise<number>;
  /** Approves as somebody else. */
  approve(repository: RepositoryRef, number: number): Promise<void>;
  /** Bodies of all comments. */
  comments(repository: RepositoryRef, number: number): Promise<string[]>;
  /** An address that webhooks may deliver to, and what came there. */
  receiver: Pick<
    Awaited<ReturnType<typeof startReceiver>>,
    'url' | 'deliveries' | 'requests'
  >;
}

const FILES = [{ path: 'worker.yaml', content: 'kind: Worker\n' }];

/** A real host on a machine that is busy with other tests. */
const SLOWEST_MS = 60_000;

/** What holds for every {@link PullRequestHost}, and for changes that live in one. */
export function pullRequestContract(
  name: string,
  start: () => Promise<PullRequestHostUnderTest>,
): void {
  describe(`pull requests of ${name}`, () => {
    let it_: PullRequestHostUnderTest;
    let repository: RepositoryRef;
    jest.setTimeout(SLOWEST_MS);
    beforeAll(async () => {
      it_ = await start();
    }, 120_000);
    afterAll(() => it_?.remove());
    beforeEach(async () => {
      repository = await it_.repository();
    }, 60_000);

    const opened = (branch?: string) =>
      it_.host.openChange(proposal(repository, FILES, branch));
    const observed = async () =>
      (await it_.host.pullRequests.observe(repository))!;

    it('gives a change the number and the page of its pull request', async () => {
      const change = await opened();
      const pull = await it_.pulls.get(repository, change.number);
      expect(change.url).toBe(pull.url);
      expect(pull).toMatchObject({
        state: 'open',
        title: change.title,
        description: change.description,
        branch: change.branch,
        base: repository.branch,
        headCommit: change.headCommit,
        fork: false,
      });
    });

    it('says of a pull request what its host says: reviews, and the last check of each name', async () => {
      const change = await opened();
      await it_.approve(repository, change.number);
      const set = (state: 'pending' | 'success') =>
        it_.pulls.setCheck(repository, change.headCommit, {
          name: 'ci/test',
          state,
          description: `It is ${state}`,
          url: 'https://ci.example.org/1',
        });
      await set('pending');
      await set('success');
      const { open } = await observed();
      expect(open).toHaveLength(1);
      expect(open[0].pullRequest).toMatchObject({
        reviews: [{ verdict: 'approved' }],
        checks: [
          { name: 'ci/test', state: 'success', description: 'It is success' },
        ],
      });
      expect(
        (await it_.replica.getChange(repository, change.id)).pullRequest,
      ).toEqual(open[0].pullRequest);
    });

    it('takes up a pull request that somebody opened at the host', async () => {
      await it_.push(repository, 'by-hand', FILES);
      const number = await it_.openPull(repository, 'by-hand');
      const { open } = await observed();
      expect(open).toMatchObject([
        { number, branch: 'by-hand', state: 'open' },
      ]);
      expect(open[0].author).not.toContain('user:default/');
      expect(await it_.host.previewMerge(repository, open[0].id)).toMatchObject(
        { files: FILES },
      );
      expect((await observed()).open[0].id).toBe(open[0].id);
    });

    it('takes up no second time what is merged while it is looked at', async () => {
      const change = await opened();
      const list = it_.pulls.listOpen.bind(it_.pulls);
      jest
        .spyOn(it_.pulls, 'listOpen')
        .mockImplementationOnce(async (...args) => {
          const pulls = await list(...args);
          await it_.replica.mergeChange(repository, change.id, {
            expectedHead: change.headCommit,
            gitAuthor: { name: 'Alice', email: 'alice@example.org' },
            message: 'Merge it meanwhile',
            trailers: {},
          });
          return pulls;
        });
      expect(await observed()).toMatchObject({ open: [], ignored: [] });
      expect(await it_.host.listChanges(repository, {})).toMatchObject([
        { id: change.id, state: 'merged' },
      ]);
    });

    it('learns that one was closed at the host', async () => {
      const change = await opened();
      await it_.pulls.close(repository, change.number);
      expect((await observed()).ended).toMatchObject([
        { id: change.id, state: 'closed' },
      ]);
      expect(await it_.host.listChanges(repository, { state: 'open' })).toEqual(
        [],
      );
    });

    it('learns that one was merged at the host, and by which commit', async () => {
      const change = await opened();
      const { mergeCommit } = await it_.pulls.merge(repository, change.number, {
        expectedHead: change.headCommit,
        title: 'Merged by hand',
        message: '',
      });
      expect((await observed()).ended).toMatchObject([
        { id: change.id, state: 'merged', mergeCommit },
      ]);
    });

    it('tells its plan once, in one comment, and anew where it stands', async () => {
      await opened();
      const report = (comment: string) => ({
        comment,
        check: {
          name: 'slipway/plan',
          state: 'success' as const,
          description: 'It fits',
        },
      });
      const tell = async (comment: string) => {
        const [change] = (await observed()).open;
        await it_.host.pullRequests.tell(change, report(comment));
        return change;
      };
      await tell('creates 3 objects');
      await tell('creates 3 objects');
      const { number, headCommit } = await tell('creates 4 objects');
      const comments = await it_.comments(repository, number);
      expect(comments).toHaveLength(1);
      expect(comments[0]).toContain('creates 4 objects');
      expect(await it_.pulls.checks(repository, headCommit)).toEqual([
        { name: 'slipway/plan', state: 'success', description: 'It fits' },
      ]);
    });

    it('merges only the head that was looked at', async () => {
      const change = await opened();
      await it_.push(repository, change.branch, [
        { path: 'more.yaml', content: 'kind: More\n' },
      ]);
      await expect(
        it_.pulls.merge(repository, change.number, {
          expectedHead: change.headCommit,
          title: 'Add a worker',
          message: '',
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('installs one webhook however often it is asked, has it tried, and takes it away', async () => {
      const { url, deliveries } = it_.receiver;
      const webhook = { url, secret: 'a-secret-of-this-test' };
      const { id } = await it_.pulls.ensureWebhook(repository, webhook);
      expect((await it_.pulls.ensureWebhook(repository, webhook)).id).toBe(id);
      const before = deliveries.length;
      await it_.pulls.pingWebhook(repository, id);
      const until = Date.now() + 20_000;
      while (deliveries.length === before && Date.now() < until)
        await new Promise(resolve => setTimeout(resolve, 50));
      expect(deliveries.length).toBeGreaterThan(before);
      await it_.pulls.removeWebhook(repository, url);
      await it_.pulls.removeWebhook(repository, url);
    });

    it('says that a pull request is unknown, and what to do about unknown credentials', async () => {
      await expect(it_.pulls.get(repository, 4711)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expect(
        it_.stranger.setCheck(repository, 'f'.repeat(40), {
          name: 'ci',
          state: 'success',
        }),
      ).rejects.toMatchObject({
        name: expect.stringMatching(/^(NotAllowedError|NotFoundError)$/),
        message: expect.stringContaining('integrations'),
      });
    });

    it('leaves no pull request behind when it is closed in the portal', async () => {
      const change = await opened();
      await it_.host.closeChange(repository, change.id);
      expect(await it_.pulls.get(repository, change.number)).toMatchObject({
        state: 'closed',
      });
      expect(await it_.pulls.listOpen(repository, { limit: 10 })).toEqual([]);
    });
  });
}
