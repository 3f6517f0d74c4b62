import { RepositoryRef } from '@slipway/plugin-slipway-node';
import { createSandbox, GitSandbox } from './__testUtils__/sandbox';
import { GitProcess } from './process';

// Starts processes, which takes its time on a busy machine.
jest.setTimeout(60_000);

let sandbox: GitSandbox;
let repository: RepositoryRef;
let head: string;
beforeEach(async () => {
  sandbox = await createSandbox();
  repository = await sandbox.repository('r.git', {
    'eu/shop/web/staging/environment.yaml': 'a\n',
    'eu/shop/web/staging/platform/namespace.yaml': 'b\n',
    'eu/shop/web/staging/workload/web deployment.yaml': 'c\n',
    'eu/shop/web/production/environment.yaml': 'd\n',
    'eu/shop/web/staging-two/environment.yaml': 'e\n',
  });
  head = (await sandbox.host.head(repository))!;
});
afterEach(() => sandbox.remove());

it('lists folders as git lists them, with everything below and nothing beside', async () => {
  const prefixes = ['eu/shop/web/staging', 'eu/shop/web/production/', 'us'];
  const listed = await sandbox.git(repository, [
    'ls-tree',
    '-r',
    '--name-only',
    head,
    '--',
    'eu/shop/web/production',
    'eu/shop/web/staging',
  ]);
  const files = await sandbox.host.listFiles(repository, {
    commit: head,
    prefixes,
  });
  expect(files.map(({ path }) => path)).toEqual(listed.split('\n'));
});

it('starts no process for each look at a folder', async () => {
  const look = () =>
    sandbox.host.readFiles(repository, {
      commit: head,
      prefixes: ['eu/shop/web/staging'],
    });
  await look();
  const run = jest.spyOn(GitProcess.prototype, 'run');
  try {
    expect(await look()).toHaveLength(3);
    expect(run).not.toHaveBeenCalled();
  } finally {
    run.mockRestore();
  }
});
