/**
 * `git writer`: queued changes through the batching writer, against one commit and push for each.
 *
 * The other side is the cheapest honest way to do it one by one: plumbing on a bare mirror (no clone, no work tree), so
 * a commit and a `git push` to the repository for each change. Both sides write the same changes into a bare repository
 * on the same disk. The comparison is made with 200 changes on both sides, as 1,000 pushes take some ten minutes; the
 * promise of few commits is measured with 1,000 through the writer. Prints one JSON object a line.
 *
 * Usage: git-writer.ts [changes compared] (default 200)
 */
import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { RepositoryRef } from '@slipway/plugin-slipway-node';
import { BatchingGitWriter, PlainGitHost } from '../src/git';
import { ChangeStore } from '../src/ports/ChangeStore';

const run = promisify(execFile);

const AUTHOR = { name: 'Bench', email: 'bench@example.org' };
/** As many objects as a small service renders. */
const FILES_PER_CHANGE = 8;
/** The promise: at most 20 commits for these, none lost. */
const QUEUED = 1000;
const COMPARED = 200;

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
  const start = performance.now();
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
  return performance.now() - start;
}

async function oneByOne(
  host: PlainGitHost,
  mirror: RepositoryRef,
  repository: RepositoryRef,
  changes: number,
): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < changes; index++) {
    await host.commit({
      repository: mirror,
      files: filesOf(index).files,
      message: `Update service-${index}`,
      gitAuthor: AUTHOR,
      trailers: { 'Slipway-Idempotency-Key': `bench-${index}` },
    });
    await run('git', ['push', '--quiet', repository.url, 'main:main'], {
      cwd: mirror.url,
    });
  }
  return performance.now() - start;
}

async function count(repository: RepositoryRef): Promise<number> {
  const { stdout } = await run('git', ['rev-list', '--count', 'main'], {
    cwd: repository.url,
  });
  return Number(stdout);
}

async function tree(repository: RepositoryRef): Promise<string> {
  const { stdout } = await run('git', ['rev-parse', 'main^{tree}'], {
    cwd: repository.url,
  });
  return stdout.trim();
}

async function main() {
  const compared = Number(process.argv[2] ?? COMPARED);
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-bench-'));
  try {
    const host = await PlainGitHost.create({
      changes: noChanges,
      cacheDir: path.join(root, 'cache'),
      localRoots: [root],
    });
    const create = async (name: string) => {
      const repository = { url: path.join(root, name), branch: 'main' };
      await host.ensureRepository({
        repository,
        files: [],
        message: 'Begin',
        gitAuthor: AUTHOR,
      });
      return repository;
    };
    const many = await create('many.git');
    const manyMs = await throughTheWriter(host, many, QUEUED);
    const commit = (await host.head(many))!;
    const written = await host.listFiles(many, { commit });

    const batched = await create('batched.git');
    const ours = await throughTheWriter(host, batched, compared);
    const single = await create('single.git');
    const mirror = { url: path.join(root, 'mirror.git'), branch: 'main' };
    await run('git', ['clone', '--quiet', '--mirror', single.url, mirror.url]);
    const other = await oneByOne(host, mirror, single, compared);

    const perSecond = (changes: number, ms: number) =>
      Number(((changes / ms) * 1000).toFixed(1));
    console.log(
      JSON.stringify({
        name: 'git writer',
        ours: perSecond(compared, ours),
        other: perSecond(compared, other),
        ratio: Number((other / ours).toFixed(1)),
        unit: `changes/s (${compared} changes of ${FILES_PER_CHANGE} files on both sides; other: one commit and push each)`,
        detail: {
          sameTree: (await tree(batched)) === (await tree(single)),
          queued: QUEUED,
          queuedCommits: (await count(many)) - 1,
          queuedLost: QUEUED - written.length / FILES_PER_CHANGE,
          queuedPerSecond: perSecond(QUEUED, manyMs),
        },
      }),
    );
  } finally {
    await fs.rm(root, { recursive: true, force: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
