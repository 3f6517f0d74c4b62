import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { GiteaHost } from '@slipway/plugin-slipway-backend-module-gitea';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import { BatchingGitWriter, PlainGitHost } from '../src/git';
import type { ChangeStore } from '../src/ports/ChangeStore';
import { report, rounded, runBench, tell } from './live/report';
import { size } from './live/testbed';

/**
 * Queued changes through the batching writer to a real Gitea, beside one commit and push for each to the same Gitea.
 *
 * The other side is the cheapest honest way to do it one by one: plumbing on a bare mirror (no clone, no work tree), so
 * a commit and a `git push` over HTTP for each change, with the token in the address so that nothing asks for it. Both
 * write the same changes; that the trees are equal in the end is checked. What 1,000 queued changes become is measured
 * through the writer alone, as 1,000 pushes take minutes.
 */
const run = promisify(execFile);

const AUTHOR = { name: 'Bench', email: 'bench@example.org' };
/** As many objects as a small service renders. */
const FILES_PER_CHANGE = 8;
/** The promise: at most 20 commits for these, none lost. */
const QUEUED = size(1_000, 200);
const MOST_COMMITS = 20;
const COMPARED = size(60, 20);

interface Given {
  url: string;
  host: string;
  admin: { name: string; token: string };
}

/** The writer opens no change requests. */
const noChanges = new Proxy({} as ChangeStore, {
  get: (_, name) => () => {
    throw new Error(`the bench needs no ${String(name)}`);
  },
});

function filesOf(index: number) {
  const folder = `clusters/one/org/service-${index}/production`;
  const files = Array.from({ length: FILES_PER_CHANGE }, (_, file) => ({
    path: `${folder}/workload/object-${file}.yaml`,
    content: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object-${file}\ndata:\n  index: "${index}"\n${'  # rendered\n'.repeat(
      40,
    )}`,
  }));
  return { folder, files };
}

async function throughTheWriter(
  host: PlainGitHost,
  repository: RepositoryRef,
  changes: number,
): Promise<number> {
  const writer = BatchingGitWriter.create({ hosts: [host] });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: changes }, (_, index) =>
      writer.write({
        repository,
        ...filesOf(index),
        title: `Update service-${index}`,
        gitAuthor: AUTHOR,
        idempotencyKey: `bench-${index}`,
      }),
    ),
  );
  return performance.now() - began;
}

async function oneByOne(
  host: PlainGitHost,
  mirror: RepositoryRef,
  remote: string,
  changes: number,
): Promise<number> {
  const began = performance.now();
  for (let index = 0; index < changes; index++) {
    await host.commit({
      repository: mirror,
      files: filesOf(index).files,
      message: `Update service-${index}`,
      gitAuthor: AUTHOR,
      trailers: { 'Slipway-Idempotency-Key': `bench-${index}` },
    });
    await run('git', ['push', '--quiet', remote, 'main:main'], {
      cwd: mirror.url,
    });
  }
  return performance.now() - began;
}

async function main() {
  const given = process.env.SLIPWAY_BENCH_GITEA;
  if (!given)
    throw new Error(
      'This measurement needs a Gitea; run it by "npm run bench git-writer".',
    );
  const { url, host: address, admin } = JSON.parse(given) as Given;
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-bench-'));
  try {
    const host = await PlainGitHost.create({
      changes: noChanges,
      cacheDir: path.join(root, 'cache'),
      localRoots: [root],
      pullRequestHosts: [
        GiteaHost.create([
          {
            host: address,
            baseUrl: url,
            username: admin.name,
            password: admin.token,
          },
        ]),
      ],
    });
    const create = async (name: string): Promise<RepositoryRef> => {
      const repository = {
        url: `${url}/${admin.name}/${name}.git`,
        branch: 'main',
      };
      await host.ensureRepository({
        repository,
        files: [{ path: 'README.md', content: 'Rendered files\n' }],
        message: 'Begin',
        gitAuthor: AUTHOR,
      });
      return repository;
    };
    const withToken = ({ url: plain }: RepositoryRef) => {
      const remote = new URL(plain);
      remote.username = admin.name;
      remote.password = admin.token;
      return remote.href;
    };
    const git = async (cwd: string, ...args: string[]) =>
      (await run('git', args, { cwd })).stdout.trim();
    const look = async (repository: RepositoryRef, name: string) => {
      const clone = path.join(root, name);
      await git(root, 'clone', '-q', '--bare', withToken(repository), clone);
      return clone;
    };

    const many = await create('many');
    const manyMs = await throughTheWriter(host, many, QUEUED);
    const manyClone = await look(many, 'many.git');
    const commits = Number(await git(manyClone, 'rev-list', '--count', 'main'));
    const listed = await git(manyClone, 'ls-tree', '-r', '--name-only', 'main');
    const written = listed
      .split('\n')
      .filter(file => file.startsWith('clusters/')).length;
    tell(`${QUEUED} queued: ${(manyMs / 1_000).toFixed(1)} s`);

    const batched = await create('batched');
    const ours = await throughTheWriter(host, batched, COMPARED);
    const single = await create('single');
    const mirror = {
      url: await look(single, 'mirror.git'),
      branch: 'main',
    };
    const other = await oneByOne(host, mirror, withToken(single), COMPARED);
    tell(`ours ${ours.toFixed(0)} ms, one by one ${other.toFixed(0)} ms`);
    const [a, b] = await Promise.all([
      look(batched, 'batched.git'),
      look(single, 'single.git'),
    ]);
    const trees = await Promise.all(
      [a, b].map(clone => git(clone, 'rev-parse', 'main^{tree}')),
    );
    if (trees[0] !== trees[1])
      throw new Error('The two sides did not write the same.');
    const perSecond = (changes: number, ms: number) =>
      rounded((changes / ms) * 1_000, 1);
    report({
      name: 'git writer',
      what: `${COMPARED} changes of ${FILES_PER_CHANGE} files, beside one commit and push each`,
      ours: perSecond(COMPARED, ours),
      other: perSecond(COMPARED, other),
      ratio: rounded(other / ours, 1),
      unit: 'changes/s',
    });
    report({
      name: 'git writer queued',
      what: `commits that ${QUEUED} queued changes become (${perSecond(QUEUED, manyMs)} changes/s, ${QUEUED - written / FILES_PER_CHANGE} lost)`,
      ours: commits - 1,
      other: QUEUED,
      ratio: rounded((commits - 1) / QUEUED, 3),
      unit: 'commits',
      goal: `≤ ${MOST_COMMITS} commits`,
    });
  } finally {
    await fs.rm(root, { recursive: true, force: true });
  }
}

runBench(main);
