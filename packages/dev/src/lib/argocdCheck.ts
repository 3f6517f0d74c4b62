import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { startGitServer, startTestbed } from 'slipway-testbed';
import { jest, type Check } from './checks.ts';
import { helm } from './helm.ts';
import { say } from './say.ts';

const TESTS = '\\.argocd\\.test\\.ts$';

/**
 * What is proven on the real Argo CD: two clusters, it runs in the first and may deploy to both; Git over HTTP, from a
 * folder in which each test makes repositories of its own.
 */
export function argocdCheck(options: { all: boolean }): Check {
  return {
    name: 'real Argo CD (two clusters, Git over HTTP)',
    async run() {
      const root = await mkdtemp(join(tmpdir(), 'slipway-argocd-git-'));
      const git = await startGitServer({ root });
      // Argo CD renders charts with the helm on its PATH.
      process.env.PATH = [dirname(await helm()), process.env.PATH].join(
        delimiter,
      );
      try {
        const testbed = await startTestbed({
          clusters: 2,
          with: ['argocd'],
          log: say,
        });
        try {
          const given = {
            clusters: testbed.clusters.map(cluster => ({
              name: cluster.name,
              url: cluster.url,
              token: cluster.adminToken,
              ca: cluster.caData,
              pids: cluster.pids,
            })),
            argocd: {
              url: testbed.argocd!.url,
              password: testbed.argocd!.adminPassword,
              pids: testbed.argocd!.pids,
            },
            git: { url: git.url, faultUrl: git.faultUrl, root },
          };
          return await jest(
            '',
            [
              'backstage-cli',
              'repo',
              'test',
              '--maxWorkers',
              '1',
              '--testPathPatterns',
              TESTS,
            ],
            {
              SLIPWAY_TEST_ARGOCD: JSON.stringify(given),
              SLIPWAY_TEST_ALL: options.all ? '1' : '',
            },
            { everySuite: true },
          ).run();
        } finally {
          await testbed.stop();
        }
      } finally {
        await git.stop();
        await rm(root, { recursive: true, force: true });
      }
    },
  };
}
