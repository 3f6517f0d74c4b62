import { BitbucketHost } from '@slipway/plugin-slipway-backend-module-bitbucket';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import { startBitbucketEmulator } from '../../../../slipway-backend-module-bitbucket/src/__testUtils__/bitbucketEmulator';
import { changeContract } from '../__testUtils__/changeContract';
import { asAlice, TOKENS, underTest } from '../__testUtils__/emulatedHosts';
import { pullRequestContract } from '../__testUtils__/pullRequestContract';
import { repositoryContract } from '../__testUtils__/repositoryContract';

async function start() {
  const emulator = await startBitbucketEmulator(TOKENS);
  const { host, url } = emulator;
  const basic = Buffer.from('alice:token-of-alice').toString('base64');
  const ask = asAlice(`${url}/2.0/repositories`, {
    Authorization: `Basic ${basic}`,
  });
  const hostOf = (token: string) =>
    BitbucketHost.create([
      { host, apiBaseUrl: `${url}/2.0`, username: 'slipway', token },
    ]);
  const pulls = (repository: string) => `${repository}/pullrequests`;
  return underTest(emulator, hostOf, {
    squash: (repository, number) =>
      ask('POST', `${pulls(repository)}/${number}/merge`, {
        merge_strategy: 'squash',
      }),
    open: async (repository, branch, base) =>
      (
        await ask('POST', pulls(repository), {
          title: 'Mine',
          source: { branch: { name: branch } },
          destination: { branch: { name: base } },
        })
      ).id,
    approve: (repository, number) =>
      ask('POST', `${pulls(repository)}/${number}/approve`),
    comments: async (repository, number) => {
      const { values }: { values: Array<{ content: { raw: string } }> } =
        await ask('GET', `${pulls(repository)}/${number}/comments`);
      return values.map(({ content }) => content.raw);
    },
  });
}

changeContract('Bitbucket (emulated)', start);
pullRequestContract('Bitbucket (emulated)', start);
repositoryContract('Bitbucket (emulated)', start);
