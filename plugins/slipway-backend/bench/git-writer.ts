/**
 * `git writer`: how long 1,000 queued changes take through the batching writer, against one commit and push for each.
 *
 * The other side is the cheapest honest way to do it one by one: plumbing on a bare mirror (no clone, no work tree), so
 * a commit and a `git push` to the repository for each change. Both sides write into a bare repository on the same
 * disk, over the same folders. Prints one JSON object a line.
 *
 * Usage: git-writer.ts [changes] (default 1000)
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

async function main() {
  const changes = Number(process.argv[2] ?? 1000);
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
    const batched = await create('batched.git');
    const single = await create('single.git');
    const mirror = { url: path.join(root, 'mirror.git'), branch: 'main' };
    await run('git', ['clone', '--quiet', '--mirror', single.url, mirror.url]);

    const ours = await throughTheWriter(host, batched, changes);
    const other = await oneByOne(host, mirror, single, changes);

    const count = async (repository: RepositoryRef, args: string[]) =>
      Number((await run('git', args, { cwd: repository.url })).stdout);
    const head = (await host.head(batched))!;
    const written = await host.listFiles(batched, { commit: head });
    const sameTree =
      (await run('git', ['rev-parse', 'main^{tree}'], { cwd: batched.url }))
        .stdout ===
      (await run('git', ['rev-parse', 'main^{tree}'], { cwd: single.url }))
        .stdout;
    const perSecond = (ms: number) =>
      Number(((changes / ms) * 1000).toFixed(1));
    console.log(
      JSON.stringify({
        name: 'git writer',
        ours: perSecond(ours),
        other: perSecond(other),
        ratio: Number((other / ours).toFixed(1)),
        unit: 'changes/s',
        detail: {
          changes,
          filesPerChange: FILES_PER_CHANGE,
          commits: (await count(batched, ['rev-list', '--count', 'main'])) - 1,
          lost: changes - written.length / FILES_PER_CHANGE,
          sameTree,
          oursMs: Math.round(ours),
          otherMs: Math.round(other),
          other:
            'one commit and git push each, from a bare mirror on the same disk',
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
