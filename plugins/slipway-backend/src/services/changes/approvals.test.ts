import slipwayModuleGithub from '@slipway/plugin-slipway-backend-module-github';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startGithubEmulator } from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import { approvalBehaviour } from './__testUtils__/approvalBehaviour';

approvalBehaviour('an emulated GitHub', async () => {
  const emulator = await startGithubEmulator({
    'token-of-slipway': 'slipway',
    'token-of-alice': 'alice',
  });
  const api = `${emulator.url}/api/v3`;
  const asAlice = async (method: string, route: string, body?: object) =>
    fetch(`${api}/${route}`, {
      method,
      headers: { Authorization: 'token token-of-alice' },
      body: body && JSON.stringify(body),
    });
  await asAlice('POST', 'orgs/acme/repos', { name: 'gitops' });
  const repository = emulator.repository('acme/gitops');
  const check = async (sha: string) => {
    const statuses = (await (
      await asAlice('GET', `repos/acme/gitops/commits/${sha}/statuses`)
    ).json()) as Array<{ context: string; state: string; description: string }>;
    return statuses.find(({ context }) => context === 'slipway/plan');
  };
  let isProtected = false;
  return {
    integrations: {
      github: [
        { host: emulator.host, apiBaseUrl: api, token: 'token-of-slipway' },
      ],
    },
    features: [slipwayModuleGithub],
    url: `${emulator.url}/acme/gitops.git`,
    remote: `http://alice:token-of-alice@${emulator.host}/acme/gitops.git`,
    async open(branch) {
      const answer = await asAlice('POST', 'repos/acme/gitops/pulls', {
        title: 'By hand',
        head: branch,
        base: 'main',
      });
      return ((await answer.json()) as { number: number }).number;
    },
    async protect() {
      isProtected = true;
    },
    check,
    async merge(number, sha) {
      // GitHub's own rule, which the emulator has no branch protection for.
      repository.rule =
        isProtected && (await check(sha))?.state !== 'success'
          ? 'Required status check "slipway/plan" is expected.'
          : undefined;
      const { ok } = await asAlice(
        'PUT',
        `repos/acme/gitops/pulls/${number}/merge`,
        { sha, merge_method: 'merge', commit_title: 'x', commit_message: '' },
      );
      return ok;
    },
    stop: () => emulator.close(),
  };
});
