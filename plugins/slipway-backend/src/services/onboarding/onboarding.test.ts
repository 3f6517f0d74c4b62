import slipwayModuleGithub from '@slipway/plugin-slipway-backend-module-github';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGithubEmulator } from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import slipwayModuleGitlab from '@slipway/plugin-slipway-backend-module-gitlab';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGitlabEmulator } from '../../../../slipway-backend-module-gitlab/src/__testUtils__/gitlabEmulator';
import { TOKENS } from '../../git/__testUtils__/emulatedHosts';
import { createTestRepositories } from '../../__testUtils__/testRepositories';
import {
  LEGACY_FILES,
  onboardingBehaviour,
  type OnboardingHost,
} from './__testUtils__/onboardingBehaviour';

type Emulator = Awaited<ReturnType<typeof startGithubEmulator>>;

async function emulated(
  emulator: Emulator,
  host: Pick<OnboardingHost, 'integration' | 'integrations' | 'features'>,
): Promise<OnboardingHost> {
  const repository = await emulator.createRepository('acme/legacy');
  const { commit, git, remove } = await createTestRepositories();
  const seed = await emulator.createRepository('acme/other');
  for (const { dir } of [repository, seed]) {
    const tree = await git(
      dir,
      ...['hash-object', '-t', 'tree', '-w', '/dev/null'],
    );
    const first = await git(dir, 'commit-tree', tree.trim(), '-m', 'Start');
    await git(dir, 'update-ref', 'refs/heads/main', first.trim());
  }
  await commit(repository.dir, LEGACY_FILES);
  await remove();
  return {
    ...host,
    namespace: 'acme',
    host: emulator.host,
    webhooks: async () => repository.hooks.map(({ url }) => url),
    removeWebhooks: async () => {
      repository.hooks = [];
    },
    stop: () => emulator.close(),
  };
}

onboardingBehaviour('GitHub (emulated)', async () => {
  const emulator = await startGithubEmulator(TOKENS);
  const { host, url } = emulator;
  return emulated(emulator, {
    integration: 'github',
    integrations: {
      github: [
        { host, apiBaseUrl: `${url}/api/v3`, token: 'token-of-slipway' },
      ],
    },
    features: [slipwayModuleGithub],
  });
});

onboardingBehaviour('GitLab (emulated)', async () => {
  const emulator = await startGitlabEmulator(TOKENS);
  const { host, url } = emulator;
  return emulated(emulator, {
    integration: 'gitlab',
    integrations: {
      gitlab: [
        {
          host,
          baseUrl: url,
          apiBaseUrl: `${url}/api/v4`,
          token: 'token-of-slipway',
        },
      ],
    },
    features: [slipwayModuleGitlab],
  });
});
