import type { FileChange, RepositoryRef } from '@slipway/plugin-slipway-node';
import { GiteaHost } from '@slipway/plugin-slipway-backend-module-gitea';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MemoryChangeStore } from '../__testUtils__/MemoryChangeStore';
import { PlainGitHost } from '../PlainGitHost';
import { changeContract } from '../__testUtils__/changeContract';
import {
  pullRequestContract,
  type PullRequestHostUnderTest,
} from '../__testUtils__/pullRequestContract';
import { repositoryContract } from '../__testUtils__/repositoryContract';
import { startReceiver } from '../__testUtils__/receiver';

/** A Gitea that runs: what `startGitea` of the testbed gives, as JSON. */
const GIVEN = process.env.SLIPWAY_TEST_GITEA;

interface User {
  name: string;
  token: string;
}

async function start(): Promise<PullRequestHostUnderTest> {
  const { url, host, admin, users } = JSON.parse(GIVEN!) as {
    url: string;
    host: string;
    admin: User;
    users: Record<string, User>;
  };
  const { alice } = users;
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-gitea-test-'));
  const receiver = await startReceiver();
  const as = async (
    user: User,
    method: string,
    route: string,
    body?: object,
  ): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1/${route}`, {
      method,
      headers: {
        Authorization: `token ${user.token}`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`${method} ${route}: ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : undefined;
  };
  const hostOf = (password: string) =>
    GiteaHost.create([{ host, baseUrl: url, username: admin.name, password }]);
  const pulls = hostOf(admin.token);
  const changes = new MemoryChangeStore();
  const gitHost = (cache: string) =>
    PlainGitHost.create({
      changes,
      cacheDir: path.join(root, cache),
      localRoots: [],
      pullRequestHosts: [pulls],
    });
  const one = await gitHost('one');
  const nameOf = (repository: RepositoryRef) =>
    repository.url
      .split('/')
      .at(-1)!
      .replace(/\.git$/, '');
  const run = Math.random().toString(36).slice(2, 8);
  let made = 0;
  return {
    host: one,
    replica: await gitHost('two'),
    pulls,
    stranger: hostOf('not-a-token'),
    receiver,
    async repository() {
      const name = `contract-${run}-${(made += 1)}`;
      const repository = {
        url: `${url}/${admin.name}/${name}.git`,
        branch: 'main',
      };
      await one.ensureRepository({
        repository,
        files: [{ path: 'spec.yaml', content: 'kind: Spec\n' }],
        message: 'First commit',
        gitAuthor: { name: 'Slipway', email: 'slipway@example.org' },
      });
      await as(
        admin,
        'PUT',
        `repos/${admin.name}/${name}/collaborators/${alice.name}`,
        { permission: 'write' },
      );
      // Gitea takes note of a push a moment after it has answered.
      while (
        (
          (await as(admin, 'GET', `repos/${admin.name}/${name}`)) as {
            empty: boolean;
          }
        ).empty
      )
        await new Promise(resolve => setTimeout(resolve, 50));
      return repository;
    },
    async merge(repository, change) {
      await as(
        alice,
        'POST',
        `repos/${admin.name}/${nameOf(repository)}/pulls/${change.number}/merge`,
        { Do: 'squash' },
      );
    },
    async push(repository: RepositoryRef, branch: string, files: FileChange[]) {
      const { commit } = await one.commit({
        repository: { ...repository, branch },
        base: (await one.head(repository))!,
        files,
        message: 'By hand',
        gitAuthor: { name: 'Eve', email: 'eve@example.org' },
        trailers: {},
      });
      return commit;
    },
    async openPull(repository, branch) {
      const pull = (await as(
        alice,
        'POST',
        `repos/${admin.name}/${nameOf(repository)}/pulls`,
        { title: 'By hand', head: branch, base: repository.branch },
      )) as { number: number };
      return pull.number;
    },
    async approve(repository, number) {
      await as(
        alice,
        'POST',
        `repos/${admin.name}/${nameOf(repository)}/pulls/${number}/reviews`,
        { event: 'APPROVED', body: 'Fine' },
      );
    },
    async comments(repository, number) {
      const list = (await as(
        alice,
        'GET',
        `repos/${admin.name}/${nameOf(repository)}/issues/${number}/comments`,
      )) as Array<{ body: string }>;
      return list.map(({ body }) => body);
    },
    async remove() {
      await receiver.close();
      await fs.rm(root, { recursive: true, force: true });
    },
  };
}

/** Started by the tests on real parts; everything else runs without it. */
const describeGitea = GIVEN ? describe : describe.skip;

describeGitea('a Gitea that runs', () => {
  changeContract('a real Gitea', start);
  pullRequestContract('a real Gitea', start);
  repositoryContract('a real Gitea', start);

  it('names the scope that a token lacks', async () => {
    const { url, host, admin } = JSON.parse(GIVEN!) as {
      url: string;
      host: string;
      admin: User & { password: string };
    };
    const basic = Buffer.from(`${admin.name}:${admin.password}`);
    const answer = await fetch(`${url}/api/v1/users/${admin.name}/tokens`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${basic.toString('base64')}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({
        name: `reader-${Date.now()}`,
        scopes: ['read:repository', 'read:user'],
      }),
    });
    const { sha1 } = (await answer.json()) as { sha1: string };
    const it_ = await start();
    const repository = await it_.repository();
    const reader = GiteaHost.create([
      { host, baseUrl: url, username: admin.name, password: sha1 },
    ]);
    expect(await reader.listOpen(repository, { limit: 1 })).toEqual([]);
    const refusal = await reader
      .open(repository, { branch: 'a', title: 'A', description: '' })
      .catch(error => error);
    expect(refusal.name).toBe('NotAllowedError');
    expect(refusal.message).toContain('write:');
    expect(refusal.message).not.toContain(sha1);
    await it_.remove();
  });
});
