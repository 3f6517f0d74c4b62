import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { ConfigReader } from '@backstage/config';
import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import { GithubHost } from '@slipway/plugin-slipway-backend-module-github';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// The emulator is no part of what the package publishes.
import { startGithubEmulator } from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import { MemoryChangeStore } from '../__testUtils__/MemoryChangeStore';
import { PlainGitHost } from '../PlainGitHost';
import { changeContract } from './changeContract';
import {
  pullRequestContract,
  type PullRequestHostUnderTest,
} from './pullRequestContract';
import { startReceiver } from './receiver';

async function start(): Promise<PullRequestHostUnderTest> {
  const emulator = await startGithubEmulator({
    'token-of-slipway': 'slipway',
    'token-of-alice': 'alice',
  });
  const { host, url } = emulator;
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-github-test-'));
  const receiver = await startReceiver();
  const hostOf = (token: string) => {
    const integrations = ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host, apiBaseUrl: `${url}/api/v3`, token }],
        },
      }),
    );
    return GithubHost.create({
      integrations,
      credentials:
        DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    });
  };
  const asAlice = async (method: string, route: string, body?: object) => {
    const answer = await fetch(`${url}/api/v3/repos/${route}`, {
      method,
      headers: { Authorization: 'token token-of-alice' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`${method} ${route}: ${await answer.text()}`);
    return answer.json();
  };
  const nameOf = (repository: RepositoryRef) =>
    `acme/${path.basename(repository.url, '.git')}`;
  const pulls = hostOf('token-of-slipway');
  const changes = new MemoryChangeStore();
  const gitHost = (cache: string) =>
    PlainGitHost.create({
      changes,
      cacheDir: path.join(root, cache),
      localRoots: [],
      pullRequestHosts: [pulls],
    });
  const one = await gitHost('one');
  let made = 0;
  return {
    host: one,
    replica: await gitHost('two'),
    pulls,
    stranger: hostOf('not-a-token'),
    receiver,
    async repository() {
      const repository = {
        url: `${url}/acme/contract-${(made += 1)}.git`,
        branch: 'main',
      };
      await one.ensureRepository({
        repository,
        files: [{ path: 'spec.yaml', content: 'kind: Spec\n' }],
        message: 'First commit',
        gitAuthor: { name: 'Slipway', email: 'slipway@example.org' },
      });
      return repository;
    },
    async merge(repository, change) {
      await asAlice(
        'PUT',
        `${nameOf(repository)}/pulls/${change.number}/merge`,
        {
          sha: change.headCommit,
          merge_method: 'squash',
          commit_title: 'Squashed',
          commit_message: '',
        },
      );
    },
    async push(repository, branch, files) {
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
      const { number } = await asAlice('POST', `${nameOf(repository)}/pulls`, {
        title: 'By hand',
        head: branch,
        base: repository.branch,
      });
      return number;
    },
    async approve(repository, number) {
      await asAlice('POST', `${nameOf(repository)}/pulls/${number}/reviews`, {
        event: 'APPROVE',
      });
    },
    async comments(repository, number) {
      const list: Array<{ body: string }> = await asAlice(
        'GET',
        `${nameOf(repository)}/issues/${number}/comments`,
      );
      return list.map(({ body }) => body);
    },
    async remove() {
      await receiver.close();
      await emulator.close();
      await fs.rm(root, { recursive: true, force: true });
    },
  };
}

changeContract('GitHub (emulated)', start);
pullRequestContract('GitHub (emulated)', start);
