import fc from 'fast-check';
import { ServiceUnavailableError } from '@backstage/errors';
import { GitHost, RepositoryRef } from '@slipway/plugin-slipway-node';
import { WriteRequest } from '../ports/GitWriter';
import { BatchingGitWriter } from './BatchingGitWriter';
import {
  ALICE,
  BOB,
  commitByHand,
  createSandbox,
  GitSandbox,
} from './__testUtils__/sandbox';

// Each act starts some ten processes, which takes its time on a busy machine.
jest.setTimeout(120_000);

let sandbox: GitSandbox;
let repository: RepositoryRef;
let writer: BatchingGitWriter;
beforeEach(async () => {
  sandbox = await createSandbox();
  repository = await sandbox.repository('gitops.git');
  writer = BatchingGitWriter.create({ hosts: [sandbox.host] });
});
afterEach(() => sandbox.remove());

const request = (
  folder: string,
  files: Record<string, string>,
  extra: Partial<WriteRequest> = {},
): WriteRequest => ({
  repository,
  folder,
  files: Object.entries(files).map(([name, content]) => ({
    path: `${folder}/${name}`,
    content,
  })),
  title: `Update ${folder}`,
  gitAuthor: ALICE,
  idempotencyKey: `key-of-${folder}`,
  ...extra,
});
const commits = async () =>
  Number(await sandbox.git(repository, ['rev-list', '--count', 'main']));

/** The host, with one method of it replaced. */
function hostWith(overrides: Partial<GitHost>): GitHost {
  return new Proxy<GitHost>(sandbox.host, {
    get(target, property: keyof GitHost) {
      const own = overrides[property] ?? target[property];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

it('writes a folder as a whole: what is not named goes, what lies beside stays', async () => {
  await writer.write(
    request('envs/a', { 'one.yaml': '1\n', 'sub/two.yaml': '2\n' }),
  );
  await writer.write(request('envs/ab', { 'x.yaml': 'x\n' }));
  const result = await writer.write(
    request('envs/a', { 'one.yaml': '1!\n' }, { gitAuthor: BOB }),
  );
  expect(result.changed).toBe(true);
  expect(await sandbox.contents(repository)).toEqual({
    'README.md': 'hello\n',
    'envs/a/one.yaml': '1!\n',
    'envs/ab/x.yaml': 'x\n',
  });
  const [entry] = await sandbox.host.log(repository, { limit: 1 });
  expect(entry).toMatchObject({
    commit: result.commit,
    author: BOB,
    message: 'Update envs/a\n\nSlipway-Idempotency-Key: key-of-envs/a',
    trailers: { 'Slipway-Idempotency-Key': 'key-of-envs/a' },
  });
  await writer.write(request('envs/a', {}));
  expect(Object.keys(await sandbox.contents(repository))).toEqual([
    'README.md',
    'envs/ab/x.yaml',
  ]);
});

it('makes no commit for what Git already says', async () => {
  const first = await writer.write(request('a', { x: 'x' }));
  const before = await commits();
  expect(await writer.write(request('a', { x: 'x' }))).toEqual({
    commit: first.commit,
    changed: false,
  });
  expect(await commits()).toBe(before);
});

it('puts 1,000 queued changes into at most 20 commits and loses none', async () => {
  const before = await commits();
  const results = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      writer.write(request(`envs/e${index}`, { 'f.yaml': `${index}\n` })),
    ),
  );
  expect(results.every(result => result.changed)).toBe(true);
  expect(writer.depth()).toBe(0);
  expect((await commits()) - before).toBeLessThanOrEqual(20);
  const contents = await sandbox.contents(repository);
  for (let index = 0; index < 1000; index++) {
    expect(contents[`envs/e${index}/f.yaml`]).toBe(`${index}\n`);
  }
  const keys = new Set(
    (await sandbox.host.log(repository, { limit: 50 })).flatMap(entry =>
      (entry.trailers['Slipway-Idempotency-Key'] ?? '').split('\n'),
    ),
  );
  expect(keys.has('key-of-envs/e999')).toBe(true);
});

it('tells in a batch who asked for what, and only of what changed', async () => {
  await writer.write(request('same', { x: 'x' }));
  const [same] = await Promise.all([
    writer.write(request('same', { x: 'x' })),
    writer.write(request('one', { x: '1' }, { trailers: { Ref: 'r1' } })),
    writer.write(
      request('two', { x: '2' }, { gitAuthor: BOB, trailers: { Ref: 'r2' } }),
    ),
  ]);
  expect(same.changed).toBe(false);
  const [entry] = await sandbox.host.log(repository, { limit: 1 });
  expect(entry.author.name).toBe('Slipway');
  expect(entry.message).toContain(
    'Update 2 environments\n\n- Update one\n- Update two\n',
  );
  expect(entry.trailers).toEqual({
    Ref: 'r1\nr2',
    'Slipway-Idempotency-Key': 'key-of-one\nkey-of-two',
    'Co-authored-by': 'Alice <alice@example.org>\nBob <bob@example.org>',
  });
});

it('lets the newest request for a folder win and answers all who asked', async () => {
  const results = await Promise.all([
    writer.write(request('a', { x: 'old' })),
    writer.write(request('a', { y: 'new' })),
  ]);
  expect(results[0]).toEqual(results[1]);
  expect(await sandbox.contents(repository)).toEqual({
    'README.md': 'hello\n',
    'a/y': 'new',
  });
});

it('fails a bad request alone', async () => {
  await commitByHand(sandbox, repository, 'main', { blocked: 'a file' });
  const results = await Promise.allSettled([
    writer.write(request('a', { x: '1' })),
    writer.write(request('../up', { x: '1' })),
    writer.write(request('b', { x: '2' })),
    // Only the repository's state shows that this can't be: "blocked" is a file there.
    writer.write(request('blocked', { x: '3' })),
    writer.write(
      request('c', {}, { files: [{ path: 'other/x', content: '' }] }),
    ),
    writer.write(request('d', { '.git/config': '' })),
    writer.write(request('e', { x: '4' })),
  ]);
  expect(results.map(result => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
  expect(await sandbox.contents(repository)).toMatchObject({
    'a/x': '1',
    'b/x': '2',
    'e/x': '4',
    blocked: 'a file',
  });
});

it('never writes over a link, and leaves one alone that is in the folder', async () => {
  const blob = await sandbox.git(
    repository,
    ['hash-object', '-w', '--stdin'],
    '/etc/passwd',
  );
  const inner = await sandbox.git(
    repository,
    ['mktree'],
    `120000 blob ${blob}\tlink\n`,
  );
  const tree = await sandbox.git(
    repository,
    ['mktree'],
    `040000 tree ${inner}\ta\n`,
  );
  const commit = await sandbox.git(repository, [
    'commit-tree',
    tree,
    '-p',
    'main',
    '-m',
    'link',
  ]);
  await sandbox.git(repository, ['update-ref', 'refs/heads/main', commit]);
  await expect(
    writer.write(request('a', { link: 'mine' })),
  ).rejects.toMatchObject({ name: 'ConflictError', files: ['a/link'] });
  await expect(
    writer.write(request('a/link', { x: 'mine' })),
  ).rejects.toMatchObject({ name: 'ConflictError' });
  await writer.write(request('a', { x: 'x' }));
  expect(
    await sandbox.git(repository, ['ls-tree', '-r', '--name-only', 'main']),
  ).toBe('a/link\na/x');
});

it('puts its work on the new head when somebody pushed in between', async () => {
  let pushed = 0;
  const host = hostWith({
    async commit(input) {
      if (pushed < 3) {
        pushed += 1;
        await commitByHand(sandbox, repository, 'main', {
          [`theirs-${pushed}`]: 't',
        });
      }
      return sandbox.host.commit(input);
    },
  });
  writer = BatchingGitWriter.create({ hosts: [host] });
  await writer.write(request('a', { x: 'x' }));
  expect(Object.keys(await sandbox.contents(repository)).sort()).toEqual([
    'README.md',
    'a/x',
    'theirs-1',
    'theirs-2',
    'theirs-3',
  ]);
});

it('gives up after a counted number of tries, and says how many', async () => {
  let tries = 0;
  const waits: number[] = [];
  const pauses = {
    sleep: async (ms: number) => {
      waits.push(ms);
    },
    random: () => 1,
  };
  const conflicting = hostWith({
    async commit(input) {
      tries += 1;
      return sandbox.host.commit({ ...input, expectedHead: null });
    },
  });
  writer = BatchingGitWriter.create({
    hosts: [conflicting],
    maxAttempts: 4,
    pauses,
  });
  await expect(writer.write(request('a', { x: 'x' }))).rejects.toMatchObject({
    name: 'ConflictError',
    message: expect.stringContaining('4 conflicts'),
  });
  expect(tries).toBe(4);
  expect(waits).toEqual([50, 100, 200]);

  const down = hostWith({
    async head() {
      throw new ServiceUnavailableError('down');
    },
  });
  writer = BatchingGitWriter.create({ hosts: [down], maxAttempts: 3, pauses });
  await expect(writer.write(request('a', { x: 'x' }))).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
  });
  writer = BatchingGitWriter.create({ hosts: [sandbox.host] });
  expect((await writer.write(request('a', { x: 'x' }))).changed).toBe(true);
});

it('loses nothing when two processes write at once', async () => {
  const other = BatchingGitWriter.create({
    hosts: [await sandbox.anotherHost()],
    limits: { requests: 5 },
  });
  writer = BatchingGitWriter.create({
    hosts: [sandbox.host],
    limits: { requests: 5 },
  });
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? writer : other).write(
        request(`e${index}`, { x: `${index}` }),
      ),
    ),
  );
  const contents = await sandbox.contents(repository);
  for (let index = 0; index < 40; index++) {
    expect(contents[`e${index}/x`]).toBe(`${index}`);
  }
});

it('writes the first commit of an empty repository, also against another writer', async () => {
  const empty = await sandbox.repository('empty.git');
  await sandbox.git(empty, ['update-ref', '-d', 'refs/heads/main']);
  const other = BatchingGitWriter.create({
    hosts: [await sandbox.anotherHost()],
  });
  await Promise.all([
    writer.write(request('a', { x: 'a' }, { repository: empty })),
    other.write(request('b', { x: 'b' }, { repository: empty })),
  ]);
  expect(await sandbox.contents(empty)).toEqual({ 'a/x': 'a', 'b/x': 'b' });
});

it('takes two spellings of a repository for one, and refuses what no host knows', async () => {
  const before = await commits();
  await Promise.all([
    writer.write(request('a', { x: '1' })),
    writer.write(
      request(
        'b',
        { x: '2' },
        {
          repository: { url: `file://${repository.url}`, branch: 'main' },
        },
      ),
    ),
  ]);
  expect((await commits()) - before).toBe(1);
  await expect(
    writer.write(
      request('a', {}, { repository: { url: '/elsewhere', branch: 'main' } }),
    ),
  ).rejects.toThrow(/No Git host is configured/);
});

it('whatever is asked in whatever order, each folder holds what was asked for it last', async () => {
  const folder = fc.constantFrom('a', 'b', 'a/in', 'c/d');
  const files = fc.dictionary(
    fc.constantFrom('x.yaml', 'y.yaml', 'sub/z.yaml'),
    fc.constantFrom('1\n', '2\n', ''),
    { noNullPrototype: true },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(folder, files), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      async (asked, size) => {
        run += 1;
        repository = await sandbox.repository(`p${run}.git`, {});
        const small = BatchingGitWriter.create({
          hosts: [sandbox.host],
          limits: { requests: size },
        });
        await Promise.all(
          asked.map(([name, content]) => small.write(request(name, content))),
        );
        let expected: Record<string, string> = {};
        for (const [name, content] of asked) {
          expected = Object.fromEntries([
            ...Object.entries(expected).filter(
              ([path]) => !path.startsWith(`${name}/`),
            ),
            ...Object.entries(content).map(([file, text]) => [
              `${name}/${file}`,
              text,
            ]),
          ]);
        }
        expect(await sandbox.contents(repository)).toEqual(expected);
        // Git keeps no empty folders, and says so of trees that hold one.
        const folders = new Set(
          Object.keys(expected).flatMap(path =>
            path
              .split('/')
              .slice(0, -1)
              .map((_, depth, parts) => parts.slice(0, depth + 1).join('/')),
          ),
        );
        expect(
          (
            await sandbox.git(repository, [
              'ls-tree',
              '-r',
              '-d',
              '--name-only',
              'main',
            ])
          )
            .split('\n')
            .filter(Boolean),
        ).toEqual([...folders].sort());
        await sandbox.git(repository, ['fsck', '--strict']);
      },
    ),
    { numRuns: 8 },
  );
});

it('counts what waits, and drains for a shutdown', async () => {
  const both = [
    writer.write(request('a', { x: '1' })),
    writer.write(request('b', { x: '2' })),
  ];
  expect(writer.depth()).toBe(2);
  await writer.drain();
  expect(writer.depth()).toBe(0);
  expect(Object.keys(await sandbox.contents(repository))).toEqual([
    'README.md',
    'a/x',
    'b/x',
  ]);
  await Promise.all(both);
});
