import { startTestbed } from 'slipway-testbed';
import { hostsStoryCheck, testbedStoryCheck } from '../story/check.ts';
import { argocdCheck } from './argocdCheck.ts';
import { jest, testbedTests, type Check } from './checks.ts';
import { giteaCheck } from './giteaCheck.ts';
import { say } from './say.ts';
import { yqCheck } from './yqCheck.ts';

/** kubectl comes with a cluster of its own, and so do the controllers of pipelines. */
const TESTS =
  '(?<!controllers)\\.cluster\\.test\\.ts$|/conformance/(?!kubectl)';

/** Without what takes minutes however much of it is left out. */
const SHORT_TESTS = TESTS.replace('controllers', 'controllers|\\.all');

const CONTROLLERS = 'controllers\\.cluster\\.test\\.ts$';

/**
 * What is proven on the real controllers of Tekton and Argo Workflows. A cluster of its own: with a scheduler and a
 * node Pods run, which other tests don't expect. In the full set only, as the controllers take minutes to be built.
 */
const controllersCheck: Check = {
  name: 'real Tekton and Argo Workflows (runs, steps, logs, re-runs)',
  async run() {
    const testbed = await startTestbed({
      with: ['tekton', 'argo-workflows'],
      log: say,
    });
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
          CONTROLLERS,
        ],
        {
          SLIPWAY_TEST_PIPELINES_URL: cluster.url,
          SLIPWAY_TEST_PIPELINES_TOKEN: cluster.adminToken,
          SLIPWAY_TEST_PIPELINES_CA: cluster.caData,
        },
        { everySuite: true },
      ).run();
    } finally {
      await testbed.stop();
    }
  },
};

/**
 * What is proven against a real API server: conformance of the sandbox, CRDs, strict dry run of every rendered object,
 * and the reconciler. The short set leaves out what only repeats with more examples.
 */
export function clusterChecks(options: {
  all: boolean;
  /** Without what has to build the real Argo CD first. */
  apiServerOnly?: boolean;
}): Check[] {
  return [
    testbedTests('the testbed itself', 'src/**/*.cluster.test.ts'),
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
              options.all ? TESTS : SHORT_TESTS,
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
            { everySuite: true },
          ).run();
        } finally {
          await testbed.stop();
        }
      },
    },
    ...(options.apiServerOnly
      ? []
      : [argocdCheck(options), testbedStoryCheck()]),
    ...(options.all
      ? [controllersCheck, giteaCheck, hostsStoryCheck(), yqCheck]
      : []),
  ];
}
