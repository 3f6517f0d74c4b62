import { startGitea } from 'slipway-testbed';
import { jest, type Check } from './checks.ts';
import { say } from './say.ts';

/** The contract of Git hosts on a real one. In the full set only, as Gitea takes minutes to be built. */
export const giteaCheck: Check = {
  name: 'real Gitea (change requests as pull requests)',
  async run() {
    const { stop, ...gitea } = await startGitea({ users: ['alice'], log: say });
    try {
      return await jest(
        '',
        [
          'backstage-cli',
          'repo',
          'test',
          '--maxWorkers',
          '1',
          '--testPathPatterns',
          '\\.gitea\\.test\\.ts$',
        ],
        { SLIPWAY_TEST_GITEA: JSON.stringify(gitea) },
        { everySuite: true },
      ).run();
    } finally {
      await stop();
    }
  },
};
