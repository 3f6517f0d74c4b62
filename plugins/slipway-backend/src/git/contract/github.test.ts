import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { GithubHost } from '@slipway/plugin-slipway-backend-module-github';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGithubEmulator } from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import { changeContract } from '../__testUtils__/changeContract';
import { asAlice, TOKENS, underTest } from '../__testUtils__/emulatedHosts';
import { pullRequestContract } from '../__testUtils__/pullRequestContract';
import { repositoryContract } from '../__testUtils__/repositoryContract';

async function start() {
  const emulator = await startGithubEmulator(TOKENS);
  const { host, url } = emulator;
  const ask = asAlice(`${url}/api/v3/repos`, {
    Authorization: 'token token-of-alice',
  });
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
  return underTest(emulator, hostOf, {
    squash: (repository, number) =>
      ask('PUT', `${repository}/pulls/${number}/merge`, {
        merge_method: 'squash',
        commit_title: 'Squashed',
        commit_message: '',
      }),
    open: async (repository, head, base) =>
      (await ask('POST', `${repository}/pulls`, { title: 'Mine', head, base }))
        .number,
    approve: (repository, number) =>
      ask('POST', `${repository}/pulls/${number}/reviews`, {
        event: 'APPROVE',
      }),
    comments: async (repository, number) => {
      const list: Array<{ body: string }> = await ask(
        'GET',
        `${repository}/issues/${number}/comments`,
      );
      return list.map(({ body }) => body);
    },
  });
}

changeContract('GitHub (emulated)', start);
pullRequestContract('GitHub (emulated)', start);
repositoryContract('GitHub (emulated)', start);
