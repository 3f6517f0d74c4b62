import { startSandbox } from '@slipway/sandbox';
import { configure, IN_CLUSTER, prepare, type TestClusters } from './clusters';

/** Two clusters of the sandbox, `hub` and `eu`. Without stand-ins tests play Argo CD themselves, step by step. */
export async function sandboxClusters({
  argocd = true,
  standIns = false,
} = {}): Promise<TestClusters> {
  const sandbox = await startSandbox({
    clusters: [{ name: 'hub' }, { name: 'eu' }],
    standIns,
    timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 500 },
  });
  const configured = sandbox.clusters.map(({ name, url, token }) =>
    configure(name, name === 'hub' ? IN_CLUSTER : { name }, {
      url,
      token,
    }),
  );
  if (argocd && !standIns) await prepare(configured);
  return { configured, sandbox, stop: () => sandbox.stop() };
}
