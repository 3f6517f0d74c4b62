import { createBackendModule } from '@backstage/backend-plugin-api';
import { BitbucketHost } from '@slipway/plugin-slipway-backend-module-bitbucket';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startBitbucketEmulator } from '../../../../slipway-backend-module-bitbucket/src/__testUtils__/bitbucketEmulator';
import slipwayModuleGithub from '@slipway/plugin-slipway-backend-module-github';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGithubEmulator } from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import slipwayModuleGitlab from '@slipway/plugin-slipway-backend-module-gitlab';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGitlabEmulator } from '../../../../slipway-backend-module-gitlab/src/__testUtils__/gitlabEmulator';
import { pullRequestHostsExtensionPoint } from '@slipway/plugin-slipway-node';
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
  host: Pick<OnboardingHost, 'integration' | 'integrations' | 'features'> & {
    /** How it answers who may not make repositories, and who chose a name that it has but doesn't show; with its words. */
    refuses: Record<
      'forbidden' | 'taken',
      {
        status: number;
        headers?: Record<string, string>;
        body?: object;
        words: string;
      }
    >;
  },
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
    refusals: Object.entries(host.refuses).map(
      ([because, { words, headers = {}, ...answer }]) => ({
        because,
        words,
        begin() {
          emulator.readOnly = { ...answer, headers };
        },
        end() {
          emulator.readOnly = undefined;
        },
      }),
    ),
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
    refuses: {
      forbidden: {
        status: 403,
        headers: { 'X-Accepted-GitHub-Permissions': 'administration=write' },
        words: 'administration=write',
      },
      taken: {
        status: 422,
        body: {
          message: 'Repository creation failed.',
          errors: [
            {
              resource: 'Repository',
              code: 'custom',
              field: 'name',
              message: 'name already exists on this account',
            },
          ],
        },
        words: 'name already exists on this account',
      },
    },
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
    refuses: {
      forbidden: {
        status: 403,
        body: {
          error: 'insufficient_scope',
          error_description:
            'The request requires higher privileges than provided by the access token.',
          scope: 'api',
        },
        words: '(scope api)',
      },
      taken: {
        status: 400,
        body: {
          message: {
            name: ['has already been taken'],
            path: ['has already been taken'],
          },
        },
        words: 'has already been taken',
      },
    },
  });
});

onboardingBehaviour('Bitbucket (emulated)', async () => {
  const emulator = await startBitbucketEmulator(TOKENS);
  const { host, url } = emulator;
  return emulated(emulator, {
    integration: 'bitbucket',
    // Backstage knows bitbucket.org alone, so the module's own client is told where the emulator is.
    integrations: {},
    features: [
      createBackendModule({
        pluginId: 'slipway',
        moduleId: 'bitbucket',
        register(reg) {
          reg.registerInit({
            deps: { hosts: pullRequestHostsExtensionPoint },
            async init({ hosts }) {
              hosts.addHost(
                BitbucketHost.create([
                  {
                    host,
                    apiBaseUrl: `${url}/2.0`,
                    username: 'slipway',
                    token: 'token-of-slipway',
                  },
                ]),
              );
            },
          });
        },
      }),
    ],
    refuses: {
      forbidden: {
        status: 403,
        body: {
          type: 'error',
          error: {
            message:
              'Your credentials lack one or more required privilege scopes.',
            detail: {
              required: ['repository:admin'],
              granted: ['repository:write'],
            },
          },
        },
        words: 'required repository:admin; granted repository:write',
      },
      taken: {
        status: 400,
        body: {
          type: 'error',
          error: {
            message: 'Repository with this Slug and Owner already exists.',
          },
        },
        words: 'Repository with this Slug and Owner already exists.',
      },
    },
  });
});
