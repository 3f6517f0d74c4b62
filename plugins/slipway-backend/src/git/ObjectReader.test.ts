import { createSandbox, GitSandbox } from './__testUtils__/sandbox';
import { ObjectReader, ObjectReaders } from './ObjectReader';
import { GitProcess } from './process';

jest.setTimeout(60_000);

describe('ObjectReader', () => {
  let sandbox: GitSandbox;
  let gitDir: string;
  let reader: ObjectReader;
  const started: number[] = [];

  /** Remembers what it starts. */
  class CountingGit extends GitProcess {
    start(...args: Parameters<GitProcess['start']>) {
      const child = super.start(...args);
      started.push(child.pid!);
      return child;
    }
  }

  const blob = (text: string) =>
    sandbox.git(
      { url: gitDir, branch: 'main' },
      ['hash-object', '-w', '--stdin'],
      text,
    );

  beforeEach(async () => {
    started.length = 0;
    sandbox = await createSandbox();
    gitDir = (await sandbox.repository('read.git')).url;
    reader = new ObjectReader(new CountingGit(), gitDir);
  });
  afterEach(async () => {
    reader.close();
    await sandbox.remove();
  });

  it('answers many questions at once, in order, with one process', async () => {
    const texts = ['', 'a', '\n\n', 'x'.repeat(300_000), 'ä missing\n'];
    const ids = await Promise.all(texts.map(blob));
    const answers = await Promise.all([
      ...ids.map(id => reader.contents(id)),
      reader.info(ids[3]),
      reader.info('f'.repeat(40)),
      reader.contents('refs/heads/nowhere'),
    ]);
    expect(answers.slice(0, 5).map(String)).toEqual(texts);
    expect(answers.slice(5)).toEqual([
      { id: ids[3], type: 'blob', size: 300_000 },
      undefined,
      undefined,
    ]);
    expect(started).toHaveLength(1);
  });

  it('sees a branch move and objects come, also after a repack', async () => {
    const repository = { url: gitDir, branch: 'main' };
    const look = async () =>
      (await reader.info('refs/heads/main^{commit}'))!.id;
    const before = await look();
    const { commit } = await sandbox.host.commit({
      repository,
      files: [{ path: 'new.txt', content: 'new' }],
      message: 'Move it',
      gitAuthor: { name: 'A', email: 'a@example.org' },
      trailers: {},
    });
    expect(commit).not.toBe(before);
    expect(await look()).toBe(commit);
    await sandbox.git(repository, ['repack', '-adq']);
    await sandbox.git(repository, ['pack-refs', '--all']);
    expect(String(await reader.contents(`${commit}:new.txt`))).toBe('new');
    await sandbox.git(repository, ['update-ref', 'refs/heads/main', before]);
    expect(await look()).toBe(before);
    expect(started).toHaveLength(1);
  });

  it('tells who waits when its process ends, and starts another for the next', async () => {
    const id = await blob('again');
    await reader.info(id);
    process.kill(started[0], 'SIGSTOP');
    const waiting = reader.contents(id);
    process.kill(-started[0], 'SIGKILL');
    await expect(waiting).rejects.toThrow(/git cat-file failed/);
    expect(String(await reader.contents(id))).toBe('again');
    expect(started).toHaveLength(2);
  });

  it('takes no question of two lines', async () => {
    await expect(reader.info('HEAD\ncontents HEAD')).rejects.toThrow(
      /one line/,
    );
  });

  it('leaves no process behind when it is closed', async () => {
    await reader.info('HEAD');
    reader.close();
    const isThere = () => {
      try {
        return process.kill(started[0], 0);
      } catch {
        return false;
      }
    };
    for (let i = 0; i < 100 && isThere(); i++)
      await new Promise(done => setTimeout(done, 20));
    expect(isThere()).toBe(false);
  });

  it('keeps as many as are useful and no more', async () => {
    const readers = new ObjectReaders(new CountingGit());
    for (let i = 0; i < 20; i++) {
      const { url } = await sandbox.repository(`many-${i}.git`);
      await readers.of(url).info('HEAD');
      expect(readers.of(url)).toBe(readers.of(url));
    }
    const alive = () =>
      started.filter(pid => {
        try {
          process.kill(pid, 0);
          return true;
        } catch {
          return false;
        }
      }).length;
    await new Promise(done => setTimeout(done, 200));
    expect(alive()).toBeLessThanOrEqual(16);
    readers.close();
  });
});
