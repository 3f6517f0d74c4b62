import slipwayModuleGitea from '@slipway/plugin-slipway-backend-module-gitea';
import { approvalBehaviour } from './__testUtils__/approvalBehaviour';

/** A Gitea that runs: what `startGitea` of the testbed gives, as JSON. */
const GIVEN = process.env.SLIPWAY_TEST_GITEA;

interface User {
  name: string;
  token: string;
}

/** Started by the tests on real parts; everything else runs without it. */
const describeGitea = GIVEN ? describe : describe.skip;

describeGitea('a Gitea that runs', () => {
  approvalBehaviour('a real Gitea', async () => {
    const { url, host, admin, users } = JSON.parse(GIVEN!) as {
      url: string;
      host: string;
      admin: User;
      users: Record<string, User>;
    };
    const { alice } = users;
    const name = `gitops-${Math.random().toString(36).slice(2, 8)}`;
    const repository = `repos/${admin.name}/${name}`;
    const ask = (
      user: User,
      method: string,
      route: string,
      body?: object,
    ): Promise<Response> =>
      fetch(`${url}/api/v1/${route}`, {
        method,
        headers: {
          Authorization: `token ${user.token}`,
          'Content-Type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    const as = async (...asked: Parameters<typeof ask>) => {
      const answer = await ask(...asked);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${asked[1]} ${asked[2]}: ${text}`);
      return text ? JSON.parse(text) : undefined;
    };
    await as(admin, 'POST', 'user/repos', {
      name,
      private: true,
      default_branch: 'main',
    });
    await as(admin, 'PUT', `${repository}/collaborators/${alice.name}`, {
      permission: 'write',
    });
    const clone = `${url}/${admin.name}/${name}.git`;
    return {
      integrations: {
        gitea: [
          { host, baseUrl: url, username: admin.name, password: admin.token },
        ],
      },
      features: [slipwayModuleGitea],
      url: clone,
      remote: clone.replace('://', `://${alice.name}:${alice.token}@`),
      async open(branch) {
        const pull = await as(alice, 'POST', `${repository}/pulls`, {
          title: 'By hand',
          head: branch,
          base: 'main',
        });
        return pull.number;
      },
      async protect() {
        await as(admin, 'POST', `${repository}/branch_protections`, {
          rule_name: 'main',
          enable_push: true,
          enable_status_check: true,
          status_check_contexts: ['slipway/plan'],
        });
      },
      async check(sha) {
        const { statuses } = await as(
          alice,
          'GET',
          `${repository}/commits/${sha}/status`,
        );
        const found = ((statuses ?? []) as Array<Record<string, string>>).find(
          ({ context }) => context === 'slipway/plan',
        );
        return found && { state: found.status, description: found.description };
      },
      async merge(number, sha) {
        const { ok } = await ask(
          alice,
          'POST',
          `${repository}/pulls/${number}/merge`,
          { Do: 'merge', head_commit_id: sha },
        );
        return ok;
      },
      stop: async () => {},
    };
  });
});
