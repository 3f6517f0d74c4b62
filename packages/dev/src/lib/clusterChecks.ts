import { startTestbed } from 'slipway-testbed';
import { jest, type Check } from './checks.ts';
import { say } from './say.ts';

/** kubectl comes with a cluster of its own. */
const ALL = '\\.cluster\\.test\\.ts$|/conformance/(?!kubectl)';
/** Without the rights, which are taken away one by one: that needs a cluster whose CRDs nobody else changes meanwhile. */
const SHORT = '(?<!rbac)\\.cluster\\.test\\.ts$|/conformance/(?!kubectl)';

/**
 * What is proven against a real API server: conformance of the sandbox, CRDs, strict dry run of every rendered object,
 * and the reconciler. The short set leaves out what only repeats with more examples.
 */
export function clusterChecks(options: { all: boolean }): Check[] {
  return [
    {
      name: 'real API server (conformance, CRDs, dry run, reconciler)',
      async run() {
        const testbed = await startTestbed({ with: ['argocd-crds'], log: say });
        try {
          const [cluster] = testbed.clusters;
          return await jest(
            '',
            [
              'backstage-cli',
              'repo',
              'test',
              '--maxWorkers',
              '1',
              '--testPathPatterns',
              options.all ? ALL : SHORT,
            ],
            {
              SLIPWAY_TEST_CLUSTER_URL: cluster.url,
              SLIPWAY_TEST_CLUSTER_TOKEN: cluster.adminToken,
              SLIPWAY_TEST_CLUSTER_CA: cluster.caData,
              SLIPWAY_CONFORMANCE_URL: cluster.url,
              SLIPWAY_CONFORMANCE_TOKEN: cluster.adminToken,
              SLIPWAY_CONFORMANCE_CA: cluster.caData,
              SLIPWAY_TEST_ALL: options.all ? '1' : '',
            },
          ).run();
        } finally {
          await testbed.stop();
        }
      },
    },
  ];
}
