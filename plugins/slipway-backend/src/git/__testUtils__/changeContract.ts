/* eslint-disable jest/no-export -- the same tests are declared for each kind of Git host */
import {
  type FileChange,
  type HostedChange,
  type RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { PlainGitHost } from '../PlainGitHost';

/** A host with an empty repository, and what a person can do there without the portal. */
export interface HostUnderTest {
  host: PlainGitHost;
  /** A replica: the same stores, mirrors of its own. */
  replica: PlainGitHost;
  /** A new repository whose first commit has the file `spec.yaml`. */
  repository(): Promise<RepositoryRef>;
  /** Merges in the host's own way. */
  merge(repository: RepositoryRef, change: HostedChange): Promise<void>;
  /** A commit on a branch, by somebody else; the branch is made where it isn't there. */
  push(
    repository: RepositoryRef,
    branch: string,
    files: FileChange[],
  ): Promise<string>;
  remove(): Promise<void>;
}

const AUTHOR = { name: 'Alice', email: 'alice@example.org' };

/** What an `openChange` of these files is given. */
export function proposal(
  repository: RepositoryRef,
  files: FileChange[],
  branch = 'slipway/acme',
) {
  return {
    repository,
    branch,
    title: 'Add a worker',
    description: 'It sends the mail.',
    files,
    author: 'user:default/alice',
    gitAuthor: AUTHOR,
    trailers: { 'Slipway-Idempotency-Key': 'k1' },
  };
}

const WORKER = [{ path: 'worker.yaml', content: 'kind: Worker\n' }];

/** A real host on a machine that is busy with other tests. */
const SLOWEST_MS = 60_000;

/** What holds for change requests, whoever keeps them. */
export function changeContract(
  name: string,
  start: () => Promise<HostUnderTest>,
): void {
  describe(`change requests of ${name}`, () => {
    let it_: HostUnderTest;
    let repository: RepositoryRef;
    jest.setTimeout(SLOWEST_MS);
    beforeAll(async () => {
      it_ = await start();
    }, 120_000);
    afterAll(() => it_?.remove());
    beforeEach(async () => {
      repository = await it_.repository();
    }, 60_000);

    it('opens one, shows its files, and merges it into the branch with its trailers', async () => {
      const { host } = it_;
      const change = await host.openChange(proposal(repository, WORKER));
      expect(change).toMatchObject({
        state: 'open',
        title: 'Add a worker',
        author: 'user:default/alice',
      });
      expect(await host.diffChange(repository, change.id)).toMatchObject([
        { path: 'worker.yaml', status: 'added' },
      ]);
      const preview = await host.previewMerge(repository, change.id);
      expect(preview).toMatchObject({ files: WORKER, conflicts: [] });

      const merged = await host.mergeChange(repository, change.id, {
        expectedHead: change.headCommit,
        expectedBase: preview.base,
        gitAuthor: AUTHOR,
        message: 'Add a worker\n\nOne workload more.',
        trailers: { 'Slipway-Merged-By': 'user:default/bob' },
      });
      expect(merged.state).toBe('merged');
      const head = await host.head(repository);
      const [commit] = await host.log(repository, { limit: 1 });
      expect(merged.mergeCommit).toBe(head);
      expect(commit.trailers).toMatchObject({
        'Slipway-Merged-By': 'user:default/bob',
        'Slipway-Change': change.id,
      });
      expect(
        await host.readFile(repository, { commit: head!, path: 'worker.yaml' }),
      ).toMatchObject({ content: 'kind: Worker\n' });
    });

    it('updates the open one of the same branch, and is the same to every replica', async () => {
      const { host, replica } = it_;
      const first = await host.openChange(proposal(repository, WORKER));
      const second = await replica.openChange({
        ...proposal(repository, [
          { path: 'worker.yaml', content: 'kind: Other\n' },
        ]),
        title: 'Add another worker',
      });
      expect(second).toMatchObject({
        id: first.id,
        number: first.number,
        title: 'Add another worker',
      });
      expect(second.headCommit).not.toBe(first.headCommit);
      expect(
        await host.listChanges(repository, { state: 'open' }),
      ).toHaveLength(1);
    });

    it('merges once, whoever asks again', async () => {
      const { host, replica } = it_;
      const change = await host.openChange(proposal(repository, WORKER));
      const input = {
        gitAuthor: AUTHOR,
        message: 'Add a worker',
        trailers: {},
      };
      const merged = await host.mergeChange(repository, change.id, input);
      const again = await replica.mergeChange(repository, change.id, input);
      expect(again).toMatchObject({
        state: 'merged',
        mergeCommit: merged.mergeCommit,
      });
      expect(await host.log(repository, { limit: 10 })).toHaveLength(3);
    });

    it('refuses to merge what moved since it was looked at', async () => {
      const { host } = it_;
      const change = await host.openChange(proposal(repository, WORKER));
      await it_.push(repository, change.branch, [
        { path: 'more.yaml', content: 'kind: More\n' },
      ]);
      await expect(
        host.mergeChange(repository, change.id, {
          expectedHead: change.headCommit,
          gitAuthor: AUTHOR,
          message: 'Add a worker',
          trailers: {},
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await host.log(repository, { limit: 10 })).toHaveLength(1);
    });

    it('refuses to merge into a base that nobody has planned for', async () => {
      const { host } = it_;
      const change = await host.openChange(proposal(repository, WORKER));
      const { base } = await host.previewMerge(repository, change.id);
      await it_.push(repository, repository.branch, [
        { path: 'other.yaml', content: 'kind: Other\n' },
      ]);
      await expect(
        host.mergeChange(repository, change.id, {
          expectedHead: change.headCommit,
          expectedBase: base,
          gitAuthor: AUTHOR,
          message: 'Add a worker',
          trailers: {},
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('names the files that conflict, and merges none of them', async () => {
      const { host } = it_;
      const edit = [{ path: 'spec.yaml', content: 'kind: Mine\n' }];
      const change = await host.openChange(proposal(repository, edit));
      await it_.push(repository, repository.branch, [
        { path: 'spec.yaml', content: 'kind: Theirs\n' },
      ]);
      await host.head(repository);
      expect(
        (await host.previewMerge(repository, change.id)).conflicts,
      ).toEqual(['spec.yaml']);
      await expect(
        host.mergeChange(repository, change.id, {
          gitAuthor: AUTHOR,
          message: 'Mine',
          trailers: {},
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('closes one for good, and opens the next on the same branch', async () => {
      const { host } = it_;
      const change = await host.openChange(proposal(repository, WORKER));
      expect(await host.closeChange(repository, change.id)).toMatchObject({
        state: 'closed',
      });
      expect(await host.closeChange(repository, change.id)).toMatchObject({
        state: 'closed',
      });
      expect(await host.diffChange(repository, change.id)).toMatchObject([
        { path: 'worker.yaml' },
      ]);
      const next = await host.openChange(proposal(repository, WORKER));
      expect(next.id).not.toBe(change.id);
      expect(next.number).toBeGreaterThan(change.number);
    });

    it('learns that somebody merged it where the portal does not see it', async () => {
      const { host } = it_;
      const change = await host.openChange(proposal(repository, WORKER));
      await it_.merge(repository, change);
      await host.head(repository);
      await host.pullRequests.observe(repository);
      expect(await host.getChange(repository, change.id)).toMatchObject({
        state: 'merged',
      });
    });
  });
}
