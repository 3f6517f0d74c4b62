import { setTimeout as sleep } from 'node:timers/promises';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import type { WriteRequest } from '../ports/GitWriter';
import { BatchingGitWriter } from './BatchingGitWriter';
import { ALICE, createSandbox, GitSandbox } from './__testUtils__/sandbox';

jest.setTimeout(60_000);

describe('the pace of a writer', () => {
  let sandbox: GitSandbox;
  let repository: RepositoryRef;
  beforeEach(async () => {
    sandbox = await createSandbox();
    repository = await sandbox.repository('gitops.git');
  });
  afterEach(() => sandbox.remove());

  const request = (folder: string): WriteRequest => ({
    repository,
    folder,
    files: [{ path: `${folder}/x`, content: 'x' }],
    title: `Update ${folder}`,
    gitAuthor: ALICE,
    idempotencyKey: folder,
  });
  const commits = async () =>
    Number(await sandbox.git(repository, ['rev-list', '--count', 'main']));
  const writerWith = (pace: { quietMs: number; maxMs: number }) =>
    BatchingGitWriter.create({ hosts: [sandbox.host], pace });

  it('writes the first one after a rest at once', async () => {
    const writer = writerWith({ quietMs: 30_000, maxMs: 30_000 });
    const before = performance.now();
    await writer.write(request('a'));
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('puts those that come one after another into one commit while it is busy', async () => {
    const writer = writerWith({ quietMs: 1_000, maxMs: 20_000 });
    await writer.write(request('a'));
    const before = await commits();
    const writes: Promise<unknown>[] = [];
    for (const folder of ['b', 'c', 'd', 'e']) {
      writes.push(writer.write(request(folder)));
      await sleep(100);
    }
    await Promise.all(writes);
    expect((await commits()) - before).toBe(1);
  });

  it('waits for company only so long', async () => {
    const writer = writerWith({ quietMs: 1_000, maxMs: 1_500 });
    await writer.write(request('a'));
    const before = performance.now();
    const first = writer.write(request('b'));
    let open = true;
    const stream = (async () => {
      for (let n = 0; open && n < 200; n++) {
        void writer.write(request(`c${n}`));
        await sleep(100);
      }
    })();
    await first;
    open = false;
    expect(performance.now() - before).toBeLessThan(10_000);
    await stream;
    await writer.drain();
  });
});
