import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GitlabHost } from '@slipway/plugin-slipway-backend-module-gitlab';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGitlabEmulator } from '../../../../slipway-backend-module-gitlab/src/__testUtils__/gitlabEmulator';
import { changeContract } from '../__testUtils__/changeContract';
import { asAlice, TOKENS, underTest } from '../__testUtils__/emulatedHosts';
import { pullRequestContract } from '../__testUtils__/pullRequestContract';
import { repositoryContract } from '../__testUtils__/repositoryContract';

async function start() {
  const emulator = await startGitlabEmulator(TOKENS);
  const { host, url } = emulator;
  const ask = asAlice(`${url}/api/v4/projects`, {
    'PRIVATE-TOKEN': 'token-of-alice',
  });
  const hostOf = (token: string) =>
    GitlabHost.create(
      ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            gitlab: [
              { host, baseUrl: url, apiBaseUrl: `${url}/api/v4`, token },
            ],
          },
        }),
      )
        .gitlab.list()
        .map(({ config }) => config)
        .filter(config => config.host === host),
    );
  const requests = (repository: string) =>
    `${encodeURIComponent(repository)}/merge_requests`;
  return underTest(emulator, hostOf, {
    squash: (repository, number) =>
      ask('PUT', `${requests(repository)}/${number}/merge`, { squash: true }),
    open: async (repository, branch, base) =>
      (
        await ask('POST', requests(repository), {
          title: 'Mine',
          source_branch: branch,
          target_branch: base,
        })
      ).iid,
    approve: (repository, number) =>
      ask('POST', `${requests(repository)}/${number}/approve`),
    comments: async (repository, number) => {
      const list: Array<{ body: string }> = await ask(
        'GET',
        `${requests(repository)}/${number}/notes`,
      );
      return list.map(({ body }) => body);
    },
  });
}

changeContract('GitLab (emulated)', start);
pullRequestContract('GitLab (emulated)', start);
repositoryContract('GitLab (emulated)', start);
