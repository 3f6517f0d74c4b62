import slipwayModuleGitea from '@slipway/plugin-slipway-backend-module-gitea';
import {
  LEGACY_FILES,
  onboardingBehaviour,
} from './__testUtils__/onboardingBehaviour';

/** A Gitea that runs: what `startGitea` of the testbed gives, as JSON. */
const GIVEN = process.env.SLIPWAY_TEST_GITEA;

interface Given {
  url: string;
  host: string;
  admin: { name: string; token: string };
}

/** Started by the tests on real parts; everything else runs without it. */
const describeGitea = GIVEN ? describe : describe.skip;

describeGitea('a Gitea that runs', () => {
  onboardingBehaviour('a real Gitea', async () => {
    const { url, host, admin } = JSON.parse(GIVEN!) as Given;
    const as = async (method: string, route: string, body?: object) => {
      const answer = await fetch(`${url}/api/v1/${route}`, {
        method,
        headers: {
          Authorization: `token ${admin.token}`,
          'Content-Type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok)
        throw new Error(`${method} ${route}: ${await answer.text()}`);
      const text = await answer.text();
      return text ? JSON.parse(text) : undefined;
    };
    const namespace = `acme-${Math.random().toString(36).slice(2, 8)}`;
    const repository = `repos/${namespace}/legacy`;
    await as('POST', 'orgs', { username: namespace });
    await as('POST', `orgs/${namespace}/repos`, {
      name: 'legacy',
      private: true,
      auto_init: true,
      default_branch: 'main',
    });
    await as('POST', `${repository}/contents`, {
      branch: 'main',
      message: 'Add what runs',
      files: Object.entries(LEGACY_FILES).map(([path, content]) => ({
        operation: 'create',
        path,
        content: Buffer.from(content).toString('base64'),
      })),
    });
    const hooks = (): Promise<Array<{ id: number; config: { url: string } }>> =>
      as('GET', `${repository}/hooks`);
    return {
      integration: 'gitea',
      namespace,
      host,
      integrations: {
        gitea: [
          {
            host,
            baseUrl: url,
            username: admin.name,
            password: admin.token,
          },
        ],
      },
      features: [slipwayModuleGitea],
      webhooks: async () => (await hooks()).map(({ config }) => config.url),
      async removeWebhooks() {
        for (const { id } of await hooks())
          await as('DELETE', `${repository}/hooks/${id}`);
      },
      stop: async () => {},
    };
  });
});
