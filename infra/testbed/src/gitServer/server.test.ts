import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { promisify } from 'node:util';
import { startGitServer, type GitServer } from './server.ts';

let folder: string;
let server: GitServer;

/** Asynchronous, as the server that is asked lives in this process. */
async function git(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, {
    cwd: folder,
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
    },
  });
  return stdout;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'testbed-git-'));
  await git('init', '-q', '--bare', '-b', 'main', 'served/one.git');
  server = await startGitServer({ root: join(folder, 'served') });
  await git('init', '-q', '-b', 'main', 'work');
  await git('-C', 'work', 'remote', 'add', 'origin', `${server.url}/one.git`);
});

afterEach(() => server.setFault(undefined));

after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

async function commit(text: string): Promise<void> {
  writeFileSync(join(folder, 'work', 'file'), text);
  await git('-C', 'work', 'add', '-A');
  await git('-C', 'work', 'commit', '-q', '-m', 'Change the file');
}

const push = () => git('-C', 'work', 'push', '-q', 'origin', 'main');

const head = async () =>
  (await git('ls-remote', `${server.url}/one.git`, 'refs/heads/main')).slice(
    0,
    40,
  );

test('what is pushed is read again, also what takes several packets', async () => {
  await commit('x'.repeat(3_000_000));
  await push();
  await git('clone', '-q', `${server.url}/one.git`, 'copy');
  assert.equal(
    await git('-C', 'copy', 'rev-parse', 'HEAD'),
    await git('-C', 'work', 'rev-parse', 'HEAD'),
  );
});

test('while pushes are refused everybody can read and the branch stays where it is', async () => {
  const before = await head();
  server.setFault('refusePush');
  await commit('refused');
  await assert.rejects(push(), /403/);
  assert.equal(await head(), before);
  server.setFault(undefined);
  await push();
  assert.notEqual(await head(), before);
});

test('a server that is down hangs up on who is connected and on who connects', async () => {
  server.setFault('down');
  await assert.rejects(head());
  server.setFault(undefined);
  assert.match(await head(), /^[0-9a-f]{40}$/);
});

test('another process sets a fault, and takes it away also from a server that is down', async () => {
  const put = (fault: unknown) =>
    fetch(server.faultUrl, { method: 'PUT', body: JSON.stringify(fault) });
  assert.equal((await put('down')).status, 204);
  await assert.rejects(head());
  assert.equal((await put(null)).status, 204);
  assert.match(await head(), /^[0-9a-f]{40}$/);
});

test('a slow server takes its time before it answers', async () => {
  server.setFault({ slowMs: 300 });
  const began = Date.now();
  await head();
  assert.ok(Date.now() - began >= 300);
});

test('nothing outside of the folder is served', async () => {
  for (const path of ['work/.git', '../work/.git', '%2e%2e/work/.git']) {
    const response = await fetch(
      `${server.url}/${path}/info/refs?service=git-upload-pack`,
    );
    await response.arrayBuffer();
    assert.ok(response.status >= 400, `${path}: ${response.status}`);
  }
});
