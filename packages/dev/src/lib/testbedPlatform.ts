import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startGitServer, startTestbed, type Testbed } from 'slipway-testbed';
import { ROOT } from './paths.ts';
import { BASE_CONFIG, type Platform } from './platform.ts';
import { demoSecrets } from './secrets.ts';

/** The account of `infra/rbac/service-account.yaml`. */
const ACCOUNT = { namespace: 'slipway-system', name: 'slipway' };
/** Longer than anybody leaves a portal of a testbed running. */
const TOKEN_SECONDS = 7 * 24 * 3600;
/** Argo CD of the testbed compares every 10 s. */
const REFRESH_SECONDS = 10;

/** Clusters that run, and what the portal needs to know of them. */
export interface TestbedPlatform {
  platform: Platform;
  testbed: Testbed;
  gitUrl: string;
  stop(): Promise<void>;
}

/**
 * Real API servers and the real Argo CD. With two clusters Argo CD runs in one and environments go to the other. The
 * portal gets the rights of `infra/rbac` and no more.
 */
export async function startTestbedPlatform(options: {
  state: string;
  clusters: number;
  /** Where the clusters are, for somebody to find them; in a temporary folder unless told otherwise. */
  stateDir?: string;
  gitPort?: number;
  log: (message: string) => void;
}): Promise<TestbedPlatform> {
  const root = join(options.state, 'repositories');
  await mkdir(root, { recursive: true });
  const git = await startGitServer({ root, port: options.gitPort });
  let testbed: Testbed;
  try {
    testbed = await startTestbed({
      clusters: options.clusters,
      stateDir: options.stateDir,
      with: ['argocd'],
      crds: [join(ROOT, 'infra', 'rbac')],
      log: options.log,
    });
  } catch (error) {
    await git.stop();
    throw error;
  }
  const stop = async () => {
    await testbed.stop();
    await git.stop();
  };
  try {
    // The last one is where environments go; the first one is the hub, and the only one where there is one.
    const [hub, ...others] = testbed.clusters;
    const ordered = [...others, hub].map((cluster, index) => ({
      cluster,
      name: index === 0 ? 'testbed-eu' : 'testbed-hub',
      tokenVariable: `SLIPWAY_TESTBED_TOKEN_${index + 1}`,
    }));
    const hubName = ordered.at(-1)!.name;
    const tokens = await Promise.all(
      ordered.map(({ cluster }) =>
        cluster.tokenFor(ACCOUNT.namespace, ACCOUNT.name, TOKEN_SECONDS),
      ),
    );
    const clusters = ordered.map(({ cluster, name }) => ({
      name,
      url: cluster.url,
      ca: Buffer.from(cluster.caData, 'base64').toString('utf8'),
      token: cluster.adminToken,
    }));
    return {
      testbed,
      gitUrl: git.url,
      platform: {
        clusters,
        hub: clusters.at(-1)!,
        sandbox: false,
        codeUrl: `${git.url}/code`,
        configFiles: [BASE_CONFIG],
        env: {
          ...Object.fromEntries(
            ordered.map(({ tokenVariable }, index) => [
              tokenVariable,
              tokens[index],
            ]),
          ),
          SLIPWAY_WEBHOOKS_KEY: (await demoSecrets(options.state)).webhooksKey,
        },
        settings: [
          {
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: ordered.map(({ cluster, name, tokenVariable }) => ({
                    name,
                    title: `Testbed ${name.replace('testbed-', '').toUpperCase()}`,
                    url: cluster.url,
                    caData: cluster.caData,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: `\${${tokenVariable}}`,
                    skipMetricsLookup: true,
                  })),
                },
              ],
            },
            slipway: {
              // No sandbox beside real clusters.
              sandbox: null,
              gitops: {
                repository: { argocdUrl: `${git.url}/gitops.git` },
              },
              clusters: ordered.map(({ cluster, name }) => ({
                name,
                region: 'eu',
                argocd: {
                  cluster: hubName,
                  namespace: 'argocd',
                  refreshSeconds: REFRESH_SECONDS,
                  destination: { server: cluster.url },
                },
              })),
            },
          },
        ],
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
