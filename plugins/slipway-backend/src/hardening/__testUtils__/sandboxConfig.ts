import type { Sandbox } from '@slipway/sandbox';
import type { TestRepositories } from '../../__testUtils__/testRepositories';

/** The configuration of a portal over the clusters of a sandbox, the first of which runs Argo CD for all. */
export function sandboxConfig(
  sandbox: Sandbox,
  repositories: TestRepositories,
): object {
  const [hub] = sandbox.clusters;
  return {
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: sandbox.clusters.map(({ name, url, token }) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
          })),
        },
      ],
    },
    slipway: {
      clusters: sandbox.clusters.map(({ name }) => ({
        name,
        region: name,
        sandbox: true,
        argocd: {
          cluster: hub.name,
          destination:
            name === hub.name
              ? { server: 'https://kubernetes.default.svc' }
              : { name },
        },
      })),
      platform: {
        repositories: [{ url: `file://${repositories.platform}` }],
        pollSeconds: 1,
        // A test that takes a whole repository down means it.
        holdDeletionCount: 1_000_000,
      },
      gitops: { repository: { url: `file://${repositories.gitops}` } },
      git: {
        plainBaseUrl: `file://${repositories.code}`,
        cacheDirectory: `${repositories.root}/cache`,
      },
      queue: { pollMs: 25 },
    },
  };
}
