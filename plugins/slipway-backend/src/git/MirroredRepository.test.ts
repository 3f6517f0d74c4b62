import { promises as fs } from 'node:fs';
import path from 'node:path';
import { RepositoryRef } from '@slipway/plugin-slipway-node';
import { BatchingGitWriter } from './BatchingGitWriter';
import { PlainGitHost } from './PlainGitHost';
import { HttpGit, startHttpGit } from './__testUtils__/httpGit';
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

const CANARY = 'c4n4ry/s3cret+token';
const BRANCH = 'slipway/checkout';

let sandbox: GitSandbox;
let server: HttpGit;
let host: PlainGitHost;
/** The same repository, on the server's disk and through HTTP. */
let disk: RepositoryRef;
let remote: RepositoryRef;
let fault: number | undefined;

const newHost = (cache: string, password = CANARY) =>
  sandbox.anotherHost({
    cacheDir: path.join(sandbox.root, cache),
    credentials: async () => ({ username: 'slipway', password }),
  });

beforeEach(async () => {
  sandbox = await createSandbox();
  disk = await sandbox.repository('served/app.git', { 'a.yaml': 'one\n' });
  await sandbox.git(disk, ['config', 'http.receivepack', 'true']);
  fault = undefined;
  server = await startHttpGit({
    root: path.join(sandbox.root, 'served'),
    username: 'slipway',
    password: CANARY,
    fault: () => fault,
  });
  remote = { url: `http://127.0.0.1:${server.port}/app.git`, branch: 'main' };
  host = await newHost('cache-1');
});
afterEach(async () => {
  await server.close();
  await sandbox.remove();
});

const open = (on: PlainGitHost, files: Record<string, string | null>) =>
  on.openChange({
    repository: remote,
    branch: BRANCH,
    title: 'Add checkout',
    description: '',
    files: filesOf(files),
    author: 'user:default/alice',
    gitAuthor: ALICE,
    trailers: {},
  });
const commit = (files: Record<string, string | null>, extra: object = {}) =>
  host.commit({
    repository: remote,
    files: filesOf(files),
    message: 'Change',
    gitAuthor: ALICE,
    trailers: {},
    ...extra,
  });

async function textsBelow(folder: string): Promise<string> {
  const entries = await fs.readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter(entry => entry.isFile());
  const texts = await Promise.all(
    files.map(file =>
      fs.readFile(path.join(file.parentPath, file.name), 'latin1'),
    ),
  );
  return texts.join('\n');
}

it('reads what others pushed, and pushes what it commits', async () => {
  expect(await host.head(remote)).toBe(await sandbox.host.head(disk));
  const theirs = await commitByHand(sandbox, disk, 'main', { b: 'b\n' });
  expect(await host.head(remote)).toBe(theirs);
  expect(
    await host.readFile(remote, { commit: theirs, path: 'b' }),
  ).toMatchObject({ content: 'b\n' });
  const ours = await commit({ 'c/d': 'd\n' });
  expect(await sandbox.host.head(disk)).toBe(ours.commit);
  expect(await sandbox.contents(disk)).toEqual({
    'a.yaml': 'one\n',
    b: 'b\n',
    'c/d': 'd\n',
  });
});

it('fetches nothing to read a commit that it has', async () => {
  const head = (await host.head(remote))!;
  const before = server.requests.length;
  await host.readFiles(remote, { commit: head });
  await host.listFiles(remote, { commit: head });
  expect(server.requests).toHaveLength(before);
});

it('takes a push that the server rejects for a conflict, and commits anew without an expected head', async () => {
  const head = await host.head(remote);
  await commitByHand(sandbox, disk, 'main', { b: 'b\n' });
  // The mirror still stands at `head`, so only the server can refuse.
  await expect(
    commit({ c: 'c\n' }, { expectedHead: head }),
  ).rejects.toMatchObject({ name: 'ConflictError' });
  await commit({ c: 'c\n' });
  expect(Object.keys(await sandbox.contents(disk))).toEqual([
    'a.yaml',
    'b',
    'c',
  ]);
});

it('opens, updates, previews, merges and closes changes on the server', async () => {
  const opened = await open(host, { 'a.yaml': 'two\n' });
  expect(await sandbox.git(disk, ['rev-parse', BRANCH])).toBe(
    opened.headCommit,
  );
  const second = await newHost('cache-2');
  const updated = await open(second, { 'a.yaml': 'three\n' });
  expect(updated.id).toBe(opened.id);
  expect(await host.previewMerge(remote, opened.id)).toMatchObject({
    head: updated.headCommit,
    conflicts: [],
    files: [{ path: 'a.yaml', content: 'three\n' }],
  });
  await commitByHand(sandbox, disk, 'main', { b: 'b\n' });
  const merged = await host.mergeChange(remote, opened.id, {
    gitAuthor: BOB,
    message: 'Merge',
    trailers: {},
  });
  expect(merged.mergeCommit).toBe(await sandbox.host.head(disk));
  expect(await sandbox.contents(disk)).toEqual({
    'a.yaml': 'three\n',
    b: 'b\n',
  });

  const another = await open(host, { 'a.yaml': 'four\n' });
  await second.closeChange(remote, another.id);
  expect(await sandbox.git(disk, ['branch', '--list'])).toBe('* main');
  await fs.rm(path.join(sandbox.root, 'cache-1'), { recursive: true });
  const [diff] = await host.diffChange(remote, another.id);
  expect(diff.patch).toBe('@@ -1 +1 @@\n-three\n+four\n');
});

it('names files in conflict and leaves the server as it was', async () => {
  const opened = await open(host, { 'a.yaml': 'mine\n' });
  const theirs = await commitByHand(sandbox, disk, 'main', {
    'a.yaml': 'theirs\n',
  });
  await expect(
    host.mergeChange(remote, opened.id, {
      gitAuthor: BOB,
      message: 'Merge',
      trailers: {},
    }),
  ).rejects.toMatchObject({ name: 'ConflictError', files: ['a.yaml'] });
  expect(await sandbox.host.head(disk)).toBe(theirs);
});

it('loses nothing when two processes write through mirrors of their own', async () => {
  const writers = [
    BatchingGitWriter.create({ hosts: [host], limits: { requests: 3 } }),
    BatchingGitWriter.create({
      hosts: [await newHost('cache-2')],
      limits: { requests: 3 },
    }),
  ];
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      writers[index % 2].write({
        repository: remote,
        folder: `e${index}`,
        files: [{ path: `e${index}/x`, content: `${index}` }],
        title: `Update e${index}`,
        gitAuthor: ALICE,
        idempotencyKey: `${index}`,
      }),
    ),
  );
  expect(Object.keys(await sandbox.contents(disk))).toHaveLength(13);
});

it('gives an empty remote repository its first commit', async () => {
  const url = path.join(sandbox.root, 'served/empty.git');
  await sandbox.git(disk, [
    'init',
    '-q',
    '--bare',
    '--initial-branch=main',
    url,
  ]);
  await sandbox.git({ url, branch: 'main' }, [
    'config',
    'http.receivepack',
    'true',
  ]);
  const empty = {
    url: `http://127.0.0.1:${server.port}/empty.git`,
    branch: 'main',
  };
  expect(await host.head(empty)).toBeUndefined();
  const input = {
    repository: empty,
    files: filesOf({ a: 'a' }),
    message: 'Begin',
    gitAuthor: ALICE,
  };
  const first = await host.ensureRepository(input);
  expect(first.created).toBe(true);
  expect(await (await newHost('cache-2')).ensureRepository(input)).toEqual({
    commit: first.commit,
    created: false,
  });
});

it('builds its mirror again when that is damaged or locked', async () => {
  const head = await host.head(remote);
  const cache = path.join(sandbox.root, 'cache-1');
  const [mirror] = await fs.readdir(cache);
  const opened = await open(host, { 'a.yaml': 'two\n' });
  const ref = path.join(cache, mirror, 'refs/heads/main.lock');
  await fs.writeFile(ref, '');
  const theirs = await commitByHand(sandbox, disk, 'main', { b: 'b\n' });
  expect(await host.head(remote)).toBe(theirs);
  expect(theirs).not.toBe(head);
  expect((await host.getChange(remote, opened.id)).state).toBe('open');
  expect(await fs.readdir(cache)).toEqual([mirror]);
});

describe('errors', () => {
  const failure = (act: Promise<unknown>) =>
    act.then(
      () => {
        throw new Error('did not fail');
      },
      error => error as Error,
    );

  it('tell a refused login, an absent repository and an unreachable server apart, without a secret', async () => {
    const url = `http://slipway:${encodeURIComponent(CANARY)}@127.0.0.1:${
      server.port
    }`;
    const wrong = await newHost('cache-2', `${CANARY}-wrong`);
    const errors = {
      denied: await failure(wrong.head(remote)),
      absent: await failure(
        host.head({ url: `${url}/nothing.git`, branch: 'main' }),
      ),
      unreachable: await failure(
        host.head({
          url: `http://slipway:${encodeURIComponent(CANARY)}@127.0.0.1:1/x.git`,
          branch: 'main',
        }),
      ),
      broken: await (async () => {
        fault = 500;
        return failure(host.head(remote));
      })(),
      unsupported: await failure(
        host.head({ url: `ftp://u:${CANARY}@host/x.git`, branch: 'main' }),
      ),
    };
    expect(
      Object.fromEntries(
        Object.entries(errors).map(([key, error]) => [key, error.name]),
      ),
    ).toEqual({
      denied: 'NotAllowedError',
      absent: 'NotFoundError',
      unreachable: 'ServiceUnavailableError',
      broken: 'ServiceUnavailableError',
      unsupported: 'InputError',
    });
    const said = Object.values(errors)
      .flatMap(error => [error.message, error.stack, JSON.stringify(error)])
      .join('\n');
    for (const form of [
      CANARY,
      encodeURIComponent(CANARY),
      Buffer.from(`slipway:${CANARY}`).toString('base64'),
    ]) {
      expect(said).not.toContain(form);
    }
  });

  it('and records, mirrors and answers hold no credentials of the URL', async () => {
    const plain = await sandbox.anotherHost({
      cacheDir: path.join(sandbox.root, 'cache-3'),
    });
    const withSecret = {
      url: `http://slipway:${encodeURIComponent(CANARY)}@127.0.0.1:${
        server.port
      }/app.git`,
      branch: 'main',
    };
    const opened = await plain.openChange({
      repository: withSecret,
      branch: BRANCH,
      title: 'x',
      description: '',
      files: filesOf({ x: 'x' }),
      author: 'user:default/alice',
      gitAuthor: ALICE,
      trailers: {},
    });
    expect(opened.repository).toEqual(remote);
    const everything = `${JSON.stringify([...sandbox.store.changes.values()])}
      ${JSON.stringify(opened)}
      ${await textsBelow(sandbox.root)}`;
    expect(everything).not.toContain(CANARY);
    expect(everything).not.toContain(encodeURIComponent(CANARY));
    // The record is the same whether the URL came with credentials or not.
    expect((await host.getChange(remote, opened.id)).id).toBe(opened.id);
  });

  it('tell that the server declined a push by its hook', async () => {
    const hook = path.join(disk.url, 'hooks/pre-receive');
    await fs.mkdir(path.dirname(hook), { recursive: true });
    await fs.writeFile(
      hook,
      '#!/bin/sh\necho "main is protected" >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    const error = await failure(commit({ x: 'x' }));
    expect(error).toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('pre-receive hook declined'),
    });
    expect(await sandbox.contents(disk)).not.toHaveProperty('x');
  });
});
