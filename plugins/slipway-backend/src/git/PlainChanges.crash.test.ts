import path from 'node:path';
import {
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { crashingProcess, When } from './__testUtils__/crash';
import {
  ALICE,
  BOB,
  commitByHand,
  createSandbox,
  filesOf,
  GitSandbox,
} from './__testUtils__/sandbox';

// Each act starts some ten processes, which takes its time on a busy machine.
jest.setTimeout(120_000);

let sandbox: GitSandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.remove());

const BRANCH = 'slipway/checkout';
const openWith =
  (content: string) => (host: GitHost, repository: RepositoryRef) =>
    host.openChange({
      repository,
      branch: BRANCH,
      title: 'Add checkout',
      description: '',
      files: filesOf({ 'a.yaml': content }),
      author: 'user:default/alice',
      gitAuthor: ALICE,
      trailers: { 'Slipway-Idempotency-Key': content.trim() },
    });
const theOne = async (host: GitHost, repository: RepositoryRef) =>
  (await host.listChanges(repository))[0].id;

interface Act {
  name: string;
  before: (host: GitHost, repository: RepositoryRef) => Promise<unknown>;
  act: (host: GitHost, repository: RepositoryRef) => Promise<HostedChange>;
  state: HostedChange['state'];
  content: string;
  /** Commits on main and on the change's branch after everything. */
  commits: number;
}

const acts: Act[] = [
  {
    name: 'opening',
    before: async () => {},
    act: openWith('new\n'),
    state: 'open',
    content: 'old\n',
    commits: 2,
  },
  {
    name: 'updating',
    before: openWith('first\n'),
    act: openWith('new\n'),
    state: 'open',
    content: 'old\n',
    commits: 3,
  },
  {
    name: 'opening over the branch of a change that was merged by hand',
    before: async (host, repository) => {
      const { headCommit } = await openWith('first\n')(host, repository);
      await sandbox.git(repository, [
        'update-ref',
        'refs/heads/main',
        headCommit,
      ]);
    },
    act: openWith('new\n'),
    state: 'open',
    content: 'first\n',
    commits: 3,
  },
  {
    name: 'merging',
    before: async (host, repository) => {
      await openWith('new\n')(host, repository);
      await commitByHand(sandbox, repository, 'main', { 'other.yaml': 'o\n' });
    },
    act: async (host, repository) =>
      host.mergeChange(repository, await theOne(host, repository), {
        gitAuthor: BOB,
        message: 'Merge',
        trailers: {},
      }),
    state: 'merged',
    content: 'new\n',
    commits: 4,
  },
  {
    name: 'closing',
    before: openWith('new\n'),
    act: async (host, repository) =>
      host.closeChange(repository, await theOne(host, repository)),
    state: 'closed',
    content: 'old\n',
    commits: 1,
  },
];

/** What must hold at any time for whoever looks, also right after a crash. */
async function assertCoherent(repository: RepositoryRef): Promise<void> {
  const changes = await sandbox.host.listChanges(repository);
  const open = changes.filter(
    change => change.state === 'open' && change.branch === BRANCH,
  );
  expect(open.length).toBeLessThanOrEqual(1);
  for (const change of changes) {
    const content = (await sandbox.contents(repository))['a.yaml'];
    const [diff] = await sandbox.host.diffChange(repository, change.id);
    expect(diff.path).toBe('a.yaml');
    if (change.state === 'open') expect(content).not.toBe('new\n');
    if (change.state === 'merged') expect(change.mergeCommit).toBeDefined();
  }
}

describe.each(acts)('$name', ({ before, act, state, content, commits }) => {
  it.each<When>(['before', 'after'])(
    'survives a crash %s each of its steps: the next call completes it, once',
    async when => {
      let crashes = 0;
      for (let step = 1; ; step++) {
        const repository = await sandbox.repository(`r${step}.git`, {
          'a.yaml': 'old\n',
        });
        await before(sandbox.host, repository);
        const dying = await crashingProcess({
          folder: path.join(sandbox.root, `dying-${step}`),
          store: sandbox.store,
          step,
          when,
        });
        const dyingHost = await sandbox.anotherHost(dying);
        const died = await act(dyingHost, repository).then(
          () => false,
          () => true,
        );
        await assertCoherent(repository);

        const result = await act(sandbox.host, repository);
        expect(result.state).toBe(state);
        await assertCoherent(repository);
        const recorded = (
          await sandbox.host.listChanges(repository, { state })
        ).filter(change => change.id === result.id);
        expect(recorded).toEqual([result]);
        expect((await sandbox.contents(repository))['a.yaml']).toBe(content);
        const tips = state === 'open' ? ['main', BRANCH] : ['main'];
        expect(
          await sandbox.git(repository, [
            'for-each-ref',
            '--format=%(objectname)',
            `refs/heads/${BRANCH}`,
          ]),
        ).toBe(state === 'open' ? result.headCommit : '');
        expect(
          await sandbox.git(repository, ['rev-list', '--count', ...tips]),
        ).toBe(String(commits));
        await sandbox.git(repository, ['fsck', '--strict']);
        if (!died) break;
        crashes += 1;
      }
      // Each act moves refs once and writes to the store at least once.
      expect(crashes).toBeGreaterThanOrEqual(2);
    },
  );
});
