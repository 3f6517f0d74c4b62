import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startGitea, type Gitea, type GiteaUser } from 'slipway-testbed';
import type { Platform } from './platform.ts';
import { run } from './run.ts';
import { demoSecrets } from './secrets.ts';
import {
  codeRepositories,
  DEMO_ORGANIZATION,
  seedRepositories,
} from './seed.ts';

/** Who keeps the platform's own repositories. */
export const PLATFORM_OWNER = 'platform';
/** Somebody who works at the Git host and never opens the portal. */
const PERSON = 'alice';

/** A Gitea that holds what a portal works with. */
export interface GiteaHost {
  gitea: Gitea;
  /** May merge what the portal opens. */
  person: GiteaUser;
  /** Asks its API, as the administrator unless told otherwise. */
  ask<T>(
    method: string,
    route: string,
    body?: object,
    as?: GiteaUser,
  ): Promise<T>;
  /** The same platform with everything of Git at this host. */
  under(platform: Platform): Platform;
  stop(): Promise<void>;
}

/**
 * Starts a real Gitea with the platform's repository, the one of GitOps, and the code of the demo's organization. Argo CD
 * reads them without credentials, so they are public.
 */
export async function startGiteaHost(options: {
  state: string;
  log: (message: string) => void;
}): Promise<GiteaHost> {
  const { state, log } = options;
  const gitea = await startGitea({ users: [PERSON], log });
  const { url, host, admin, users, stop } = gitea;
  const person = users[PERSON];
  const ask: GiteaHost['ask'] = async (method, route, body, as = admin) => {
    const answer = await fetch(`${url}/api/v1/${route}`, {
      method,
      headers: {
        authorization: `token ${as.token}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`Gitea: ${method} ${route}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  try {
    await seedRepositories(state, 'gitea');
    await fill({ state, url, admin, ask });
  } catch (error) {
    await stop();
    throw error;
  }
  const { webhooksKey } = await demoSecrets(state);
  return {
    gitea,
    person,
    ask,
    stop,
    under: platform => ({
      ...platform,
      isSeeded: true,
      codeUrl: url,
      env: {
        ...platform.env,
        SLIPWAY_GITEA_TOKEN: admin.token,
        SLIPWAY_WEBHOOKS_KEY: webhooksKey,
      },
      settings: [
        ...platform.settings,
        {
          integrations: {
            gitea: [
              {
                host,
                baseUrl: url,
                // eslint-disable-next-line no-template-curly-in-string -- resolved by Backstage's config loader
                password: '${SLIPWAY_GITEA_TOKEN}',
              },
            ],
          },
          slipway: {
            platform: {
              repositories: [
                {
                  url: `${url}/${PLATFORM_OWNER}/platform.git`,
                  branch: 'main',
                },
              ],
            },
            gitops: {
              repository: {
                url: `${url}/${PLATFORM_OWNER}/gitops.git`,
                argocdUrl: `${url}/${PLATFORM_OWNER}/gitops.git`,
              },
            },
          },
        },
      ],
    }),
  };
}

/** Brings what the embedded default has on disk to the host, and leaves nothing of it on disk. */
async function fill(options: {
  state: string;
  url: string;
  admin: GiteaUser;
  ask: GiteaHost['ask'];
}): Promise<void> {
  const { state, url, admin, ask } = options;
  const folder = join(state, 'repositories');
  const code = await codeRepositories();
  const repositories = [
    ...['platform', 'gitops'].map(name => ({
      owner: PLATFORM_OWNER,
      name,
      from: join(folder, `${name}.git`),
    })),
    ...code.map(name => ({
      owner: DEMO_ORGANIZATION,
      name,
      from: join(folder, 'code', DEMO_ORGANIZATION, `${name}.git`),
    })),
  ];
  for (const owner of [PLATFORM_OWNER, DEMO_ORGANIZATION])
    await ask('POST', 'orgs', { username: owner });
  for (const { owner, name, from } of repositories) {
    await ask('POST', `orgs/${owner}/repos`, { name, default_branch: 'main' });
    await push(from, `${url}/${owner}/${name}.git`, admin);
    await rm(from, { recursive: true, force: true });
    await ask('PUT', `repos/${owner}/${name}/collaborators/${PERSON}`, {
      permission: 'write',
    });
  }
  // So that people see how one looks that takes no change.
  const old = { owner: DEMO_ORGANIZATION, name: 'orders-2019' };
  await ask('POST', `orgs/${old.owner}/repos`, {
    name: old.name,
    auto_init: true,
  });
  await ask('PATCH', `repos/${old.owner}/${old.name}`, { archived: true });
}

/** The token goes through the environment, where no list of processes shows it. */
async function push(
  from: string,
  url: string,
  { name, token }: GiteaUser,
): Promise<void> {
  const basic = Buffer.from(`${name}:${token}`).toString('base64');
  const result = await run('git', ['-C', from, 'push', '-q', url, 'main'], {
    quiet: true,
    env: {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
      GIT_TERMINAL_PROMPT: '0',
    },
  });
  if (result.code !== 0)
    throw new Error(`Could not push to ${url}:\n${result.output}`);
}
