import fc from 'fast-check';
import { OpenChangeInput, RepositoryRef } from '@slipway/plugin-slipway-node';
import { repositoryKey } from './location';
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
let repository: RepositoryRef;
beforeEach(async () => {
  sandbox = await createSandbox();
  repository = await sandbox.repository('platform.git', {
    'a.yaml': 'one\ntwo\nthree\n',
    'b.yaml': 'b\n',
  });
});
afterEach(() => sandbox.remove());

const BRANCH = 'slipway/checkout';

const change = (
  files: Record<string, string | null>,
  extra: Partial<OpenChangeInput> = {},
): OpenChangeInput => ({
  repository,
  branch: BRANCH,
  title: 'Add checkout',
  description: 'It sells things.',
  files: filesOf(files),
  author: 'user:default/alice',
  gitAuthor: ALICE,
  trailers: { 'Slipway-Idempotency-Key': 'run-1' },
  ...extra,
});
const open = (
  files: Record<string, string | null>,
  extra: Partial<OpenChangeInput> = {},
) => sandbox.host.openChange(change(files, extra));
const merge = (id: string, extra: object = {}) =>
  sandbox.host.mergeChange(repository, id, {
    gitAuthor: BOB,
    message: 'Merge it',
    trailers: {},
    ...extra,
  });
const heads = async () =>
  (
    await sandbox.git(repository, [
      'for-each-ref',
      '--format=%(refname)',
      'refs/heads',
    ])
  ).split('\n');

describe('opening', () => {
  it('records a change, its branch and its trailers, and tells its diff with counts', async () => {
    const opened = await open({
      'a.yaml': 'one\n2\nthree\n',
      'new/c.yaml': 'c\n',
      'b.yaml': null,
    });
    expect(opened).toMatchObject({
      number: 1,
      state: 'open',
      title: 'Add checkout',
      author: 'user:default/alice',
      repository,
    });
    expect(opened.headCommit).toBe(
      await sandbox.git(repository, ['rev-parse', BRANCH]),
    );
    expect(opened.baseCommit).toBe(await sandbox.host.head(repository));
    const [entry] = await sandbox.host.log(repository, {
      to: opened.headCommit,
      limit: 1,
    });
    expect(entry.trailers).toEqual({ 'Slipway-Idempotency-Key': 'run-1' });
    expect(entry.message).toContain('Add checkout\n\nIt sells things.');
    expect(await sandbox.host.diffChange(repository, opened.id)).toEqual([
      {
        path: 'a.yaml',
        status: 'modified',
        additions: 1,
        deletions: 1,
        patch: '@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n',
      },
      {
        path: 'b.yaml',
        status: 'removed',
        additions: 0,
        deletions: 1,
        patch: '@@ -1 +0,0 @@\n-b\n',
      },
      {
        path: 'new/c.yaml',
        status: 'added',
        additions: 1,
        deletions: 0,
        patch: '@@ -0,0 +1 @@\n+c\n',
      },
    ]);
  });

  it('adopts the open change of the branch, and makes no commit for the same content', async () => {
    const first = await open({ 'a.yaml': 'x\n' });
    const again = await open({ 'a.yaml': 'x\n' });
    expect(again).toEqual(first);
    const retitled = await open({ 'a.yaml': 'x\n' }, { title: 'Better' });
    expect(retitled).toMatchObject({
      id: first.id,
      title: 'Better',
      headCommit: first.headCommit,
    });
    expect(await sandbox.host.listChanges(repository)).toHaveLength(1);
  });

  it('keeps the commit that was approved when only the base moved elsewhere', async () => {
    const first = await open({ 'a.yaml': 'x\n' });
    await commitByHand(sandbox, repository, 'main', { 'other.yaml': 'o\n' });
    expect((await open({ 'a.yaml': 'x\n' })).headCommit).toBe(first.headCommit);
  });

  it('makes the change exactly what was asked last, on the current base', async () => {
    const first = await open({ 'a.yaml': 'x\n', 'extra.yaml': 'e\n' });
    const base = await commitByHand(sandbox, repository, 'main', {
      'other.yaml': 'o\n',
    });
    const second = await open({ 'a.yaml': 'y\n' });
    expect(second).toMatchObject({ id: first.id, baseCommit: base });
    expect(
      (await sandbox.host.diffChange(repository, second.id)).map(
        file => file.path,
      ),
    ).toEqual(['a.yaml']);
    expect(
      await sandbox.git(repository, [
        'merge-base',
        first.headCommit,
        second.headCommit,
      ]),
    ).toBe(first.headCommit);
  });

  it('twice at once from two processes gives one change', async () => {
    const other = await sandbox.anotherHost();
    const results = await Promise.all([
      open({ 'a.yaml': 'x\n' }),
      other.openChange(change({ 'a.yaml': 'x\n' })),
      other.openChange(change({ 'a.yaml': 'x\n' })),
    ]);
    expect(new Set(results.map(result => result.id)).size).toBe(1);
    expect(sandbox.store.changes.size).toBe(1);
    expect(
      (await sandbox.host.getChange(repository, results[0].id)).headCommit,
    ).toBe(await sandbox.git(repository, ['rev-parse', BRANCH]));
  });

  it('of nothing is refused, but a repeated request gets its merged change back', async () => {
    await expect(open({ 'b.yaml': 'b\n' })).rejects.toThrow(
      /already holds exactly these files/,
    );
    expect(sandbox.store.changes.size).toBe(0);
    const opened = await open({ 'a.yaml': 'x\n' });
    const merged = await merge(opened.id);
    expect(await open({ 'a.yaml': 'x\n' })).toEqual(merged);
    await expect(
      open(
        { 'a.yaml': 'x\n' },
        { trailers: { 'Slipway-Idempotency-Key': 'run-2' } },
      ),
    ).rejects.toThrow(/already holds exactly these files/);
  });

  it('adopts a branch whose record was lost with the database', async () => {
    const before = await open({ 'a.yaml': 'x\n' });
    sandbox.store.changes.clear();
    const after = await open({ 'a.yaml': 'x\n' });
    expect(after.headCommit).toBe(before.headCommit);
    expect(after.state).toBe('open');
  });

  it.each([
    ['the target branch itself', { branch: 'main' }, /branch of its own/],
    ['a branch that Git refuses', { branch: 'a..b' }, /can't be used/],
    ['an option as branch', { branch: '--force' }, /can't be used/],
    ['a title of two lines', { title: 'a\nb' }, /one line/],
  ])('refuses %s', async (_, extra, message) => {
    await expect(open({ x: 'y' }, extra)).rejects.toThrow(message);
    expect(sandbox.store.changes.size).toBe(0);
  });

  it('says so when the repository has no commit, or the branch is missing', async () => {
    const missing = { url: repository.url, branch: 'trunk' };
    await expect(
      open({ x: 'y' }, { repository: missing }),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(/"trunk" does not exist.*there are: main/),
    });
  });
});

describe('merging', () => {
  it('makes one merge commit with both parents and removes the branch', async () => {
    const opened = await open({ 'a.yaml': 'x\n' });
    const base = await commitByHand(sandbox, repository, 'main', {
      'other.yaml': 'o\n',
    });
    const merged = await merge(opened.id, {
      expectedHead: opened.headCommit,
      expectedBase: base,
      trailers: { 'Slipway-Plan': 'abc' },
    });
    expect(merged).toMatchObject({ state: 'merged', baseCommit: base });
    expect(
      await sandbox.git(repository, ['show', '-s', '--format=%P', 'main']),
    ).toBe(`${base} ${opened.headCommit}`);
    const [entry] = await sandbox.host.log(repository, { limit: 1 });
    expect(entry).toMatchObject({
      commit: merged.mergeCommit,
      author: BOB,
      trailers: { 'Slipway-Plan': 'abc', 'Slipway-Change': opened.id },
    });
    expect(await heads()).toEqual(['refs/heads/main']);
    expect(await sandbox.contents(repository)).toMatchObject({
      'a.yaml': 'x\n',
      'other.yaml': 'o\n',
    });
    expect(await merge(opened.id)).toEqual(merged);
    expect(
      (await sandbox.host.diffChange(repository, opened.id)).map(f => f.path),
    ).toEqual(['a.yaml']);
  });

  it('opens nothing on another base or another head than the files were made from', async () => {
    const base = await sandbox.host.head(repository);
    const first = { expectedBase: base, expectedHead: null };
    const opened = await open({ 'a.yaml': 'x\n' }, first);
    const conflict = expect.objectContaining({ name: 'ConflictError' });
    await expect(open({ 'a.yaml': 'y\n' }, first)).rejects.toEqual(conflict);
    const added = await open(
      { 'a.yaml': 'y\n' },
      { expectedBase: base, expectedHead: opened.headCommit },
    );
    expect(added.id).toBe(opened.id);
    await commitByHand(sandbox, repository, 'main', { 'other.yaml': 'o\n' });
    await expect(
      open(
        { 'a.yaml': 'z\n' },
        { expectedBase: base, expectedHead: added.headCommit },
      ),
    ).rejects.toEqual(conflict);
    expect(await sandbox.host.getChange(repository, opened.id)).toMatchObject({
      headCommit: added.headCommit,
    });
  });

  it('names each file in conflict, changes nothing, and succeeds after opening anew', async () => {
    const opened = await open({
      'a.yaml': 'one\nmine\nthree\n',
      'b.yaml': null,
      'ok.yaml': 'ok\n',
    });
    const base = await commitByHand(sandbox, repository, 'main', {
      'a.yaml': 'one\ntheirs\nthree\n',
      'b.yaml': 'changed\n',
    });
    await expect(merge(opened.id)).rejects.toMatchObject({
      name: 'ConflictError',
      files: ['a.yaml', 'b.yaml'],
      message: expect.stringContaining('a.yaml, b.yaml'),
    });
    expect(await sandbox.host.head(repository)).toBe(base);
    const preview = await sandbox.host.previewMerge(repository, opened.id);
    expect(preview).toEqual({
      base,
      head: opened.headCommit,
      conflicts: ['a.yaml', 'b.yaml'],
      files: [{ path: 'ok.yaml', content: 'ok\n' }],
    });
    await open({ 'a.yaml': 'one\nmine\nthree\n', 'b.yaml': null });
    expect((await merge(opened.id)).state).toBe('merged');
    expect(await sandbox.contents(repository)).toEqual({
      'a.yaml': 'one\nmine\nthree\n',
    });
  });

  it('previews the files as they will be, merged with what the base gained', async () => {
    const opened = await open({
      'a.yaml': 'ONE\ntwo\nthree\n',
      'b.yaml': null,
    });
    await commitByHand(sandbox, repository, 'main', {
      'a.yaml': 'one\ntwo\nthree\nfour\n',
    });
    const { files, conflicts } = await sandbox.host.previewMerge(
      repository,
      opened.id,
    );
    // Lines beside each other conflict; these are apart by two.
    expect(conflicts).toEqual([]);
    expect(files).toEqual([
      { path: 'a.yaml', content: 'ONE\ntwo\nthree\nfour\n' },
      { path: 'b.yaml', content: null },
    ]);
  });

  it('refuses when the change or the base is another than the one looked at', async () => {
    const opened = await open({ 'a.yaml': 'x\n' });
    const pushed = await commitByHand(sandbox, repository, BRANCH, {
      'evil.yaml': 'e\n',
    });
    await expect(
      merge(opened.id, { expectedHead: opened.headCommit }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    const base = await sandbox.host.head(repository);
    await commitByHand(sandbox, repository, 'main', { 'z.yaml': 'z\n' });
    await expect(
      merge(opened.id, { expectedHead: pushed, expectedBase: base }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect((await merge(opened.id, { expectedHead: pushed })).state).toBe(
      'merged',
    );
  });

  it('of racing changes lets all in that do not conflict', async () => {
    const other = await sandbox.anotherHost();
    const opened = [];
    for (let index = 0; index < 4; index++) {
      opened.push(
        await open({ [`f${index}`]: 'x' }, { branch: `slipway/c${index}` }),
      );
    }
    const input = { gitAuthor: BOB, message: 'Merge', trailers: {} };
    const merged = await Promise.all(
      opened.map((it, index) =>
        (index % 2 ? other : sandbox.host).mergeChange(
          repository,
          it.id,
          input,
        ),
      ),
    );
    expect(merged.map(it => it.state)).toEqual(Array(4).fill('merged'));
    expect(Object.keys(await sandbox.contents(repository))).toHaveLength(6);
  });

  it('twice at once makes one merge commit', async () => {
    const other = await sandbox.anotherHost();
    const { id } = await open({ 'a.yaml': 'x\n' });
    const input = { gitAuthor: BOB, message: 'Merge', trailers: {} };
    const both = await Promise.all([
      sandbox.host.mergeChange(repository, id, input),
      other.mergeChange(repository, id, input),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(
      await sandbox.git(repository, [
        'rev-list',
        '--merges',
        '--count',
        'main',
      ]),
    ).toBe('1');
  });

  it('against closing at once has one winner, and record and Git agree', async () => {
    const other = await sandbox.anotherHost();
    for (let round = 0; round < 5; round++) {
      const { id } = await open({ 'a.yaml': `round ${round}\n` });
      await Promise.allSettled([merge(id), other.closeChange(repository, id)]);
      const { state } = await sandbox.host.getChange(repository, id);
      const content = (await sandbox.contents(repository))['a.yaml'];
      expect({ state, merged: content === `round ${round}\n` }).toEqual({
        state: expect.stringMatching(/merged|closed/),
        merged: state === 'merged',
      });
      expect(await heads()).toEqual(['refs/heads/main']);
    }
  });

  it('refuses links that somebody pushed onto the branch', async () => {
    const opened = await open({ 'a.yaml': 'x\n' });
    const blob = await sandbox.git(
      repository,
      ['hash-object', '-w', '--stdin'],
      '/etc/passwd',
    );
    const tree = await sandbox.git(
      repository,
      ['mktree'],
      `120000 blob ${blob}\tlink.yaml\n`,
    );
    const commit = await sandbox.git(repository, [
      'commit-tree',
      tree,
      '-p',
      opened.headCommit,
      '-m',
      'evil',
    ]);
    await sandbox.git(repository, [
      'update-ref',
      `refs/heads/${BRANCH}`,
      commit,
    ]);
    await expect(merge(opened.id)).rejects.toMatchObject({
      name: 'ConflictError',
      files: ['link.yaml'],
    });
    const { files } = await sandbox.host.previewMerge(repository, opened.id);
    expect(files.map(file => file.path)).toContain('link.yaml');
  });

  it('done by hand with plain git is found, as a merge commit and as a fast-forward', async () => {
    const first = await open({ 'a.yaml': 'x\n' });
    const base = await sandbox.git(repository, ['rev-parse', 'main']);
    await sandbox.git(repository, [
      'update-ref',
      'refs/heads/main',
      first.headCommit,
    ]);
    expect(await sandbox.host.getChange(repository, first.id)).toMatchObject({
      state: 'merged',
      mergeCommit: first.headCommit,
    });
    expect(
      (await sandbox.host.diffChange(repository, first.id)).map(f => f.path),
    ).toEqual(['a.yaml']);
    expect(base).not.toBe(first.headCommit);

    // The branch is still there; a new change on it begins anew.
    const second = await open({ 'a.yaml': 'y\n' });
    expect(second.id).not.toBe(first.id);
    const tree = await sandbox.git(repository, [
      'rev-parse',
      `${second.headCommit}^{tree}`,
    ]);
    const byHand = await sandbox.git(repository, [
      'commit-tree',
      tree,
      '-p',
      first.headCommit,
      '-p',
      second.headCommit,
      '-m',
      'Merge by hand',
    ]);
    await sandbox.git(repository, ['update-ref', 'refs/heads/main', byHand]);
    await sandbox.git(repository, ['update-ref', '-d', `refs/heads/${BRANCH}`]);
    expect(
      await sandbox.host.listChanges(repository, { state: 'open' }),
    ).toEqual([]);
    expect(await sandbox.host.getChange(repository, second.id)).toMatchObject({
      state: 'merged',
      mergeCommit: byHand,
    });
  });
});

describe('closing', () => {
  it('deletes the branch and keeps the diff to be looked at', async () => {
    const opened = await open({ 'a.yaml': 'x\n' });
    const diff = await sandbox.host.diffChange(repository, opened.id);
    const closed = await sandbox.host.closeChange(repository, opened.id);
    expect(closed.state).toBe('closed');
    expect(await sandbox.host.closeChange(repository, opened.id)).toEqual(
      closed,
    );
    expect(await heads()).toEqual(['refs/heads/main']);
    await sandbox.git(repository, ['gc', '--quiet', '--prune=now']);
    await commitByHand(sandbox, repository, 'main', { 'a.yaml': 'later\n' });
    expect(await sandbox.host.diffChange(repository, opened.id)).toEqual(diff);
    await expect(merge(opened.id)).rejects.toThrow(/is closed/);
    const anew = await open({ 'a.yaml': 'x\n' });
    expect(anew.number).toBe(2);
    await merge(anew.id);
    await expect(sandbox.host.closeChange(repository, anew.id)).rejects.toThrow(
      /is merged/,
    );
  });
});

describe('talking', () => {
  it('binds an approval to the head that stands, and refuses it on a finished change', async () => {
    const opened = await open({ 'a.yaml': 'x\n' });
    await sandbox.host.addComment(repository, opened.id, {
      author: 'user:default/bob',
      body: 'Why?',
    });
    const pushed = await commitByHand(sandbox, repository, BRANCH, { p: 'p' });
    const approval = await sandbox.host.addComment(repository, opened.id, {
      author: 'user:default/bob',
      body: '',
      verdict: 'approved',
    });
    expect(approval).toMatchObject({ verdict: 'approved', headCommit: pushed });
    expect(await sandbox.host.listComments(repository, opened.id)).toHaveLength(
      2,
    );
    await sandbox.host.closeChange(repository, opened.id);
    await expect(
      sandbox.host.addComment(repository, opened.id, {
        author: 'user:default/bob',
        body: '',
        verdict: 'approved',
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('does not show a change through another repository, nor an id that is none', async () => {
    const opened = await open({ 'a.yaml': 'x\n' });
    const other = await sandbox.repository('other.git');
    await expect(
      sandbox.host.getChange(other, opened.id),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      sandbox.host.closeChange(other, opened.id),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      sandbox.host.getChange(repository, '../../heads/main'),
    ).rejects.toMatchObject({ name: 'InputError' });
    expect(await sandbox.host.listChanges(other)).toEqual([]);
    expect(repositoryKey(`file://${repository.url}`)).toBe(
      repositoryKey(repository.url),
    );
  });
});

it('whatever base and change do, a merge that previews clean gives exactly the previewed files', async () => {
  const names = ['a.yaml', 'b.yaml', 'd/c.yaml', 'd/e/f.yaml'];
  const lines = fc
    .array(fc.constantFrom('one', 'two', 'three', 'x'), { maxLength: 5 })
    .map(list => list.map(line => `${line}\n`).join(''));
  const edits = fc.dictionary(
    fc.constantFrom(...names),
    fc.option(lines, { nil: null }),
    { minKeys: 1, noNullPrototype: true },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(edits, edits, async (mine, theirs) => {
      run += 1;
      repository = await sandbox.repository(`p${run}.git`, {
        'a.yaml': 'one\ntwo\nthree\n',
        'b.yaml': 'b\n',
        'd/c.yaml': 'c\n',
      });
      const opened = await open(mine).catch(() => undefined);
      if (!opened) return;
      await sandbox.host.commit({
        repository,
        files: filesOf(theirs),
        message: 'Theirs',
        gitAuthor: BOB,
        trailers: {},
      });
      const before = await sandbox.contents(repository);
      const preview = await sandbox.host.previewMerge(repository, opened.id);
      const merged = await merge(opened.id).catch(error => error);
      const isClean = preview.conflicts.length === 0;
      expect(merged.files ?? []).toEqual(preview.conflicts);
      const expected: Record<string, string> = { ...before };
      for (const file of isClean ? preview.files : []) {
        if (file.content === null) delete expected[file.path];
        else expected[file.path] = file.content;
      }
      // In conflict nothing has changed.
      expect(await sandbox.contents(repository)).toEqual(expected);
    }),
    { numRuns: 8 },
  );
});
