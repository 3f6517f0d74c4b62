import type { BenchCluster } from './testbed';
import { application, ARGOCD } from './application';
import { Kube, pooled } from './kube';

export const APPLICATIONS_PATH = `/apis/argoproj.io/v1alpha1/namespaces/${ARGOCD}/applications`;

/** Resources of each: some 6.7 KB of JSON, what Applications of a few workloads have. */
export const RESOURCES = 10;

/** Makes so many Applications on the cluster. */
export async function makeApplications(
  cluster: BenchCluster,
  count: number,
): Promise<void> {
  const kube = new Kube(cluster, 16);
  await kube.apply(`/api/v1/namespaces/${ARGOCD}`, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ARGOCD },
  });
  const numbers = Array.from({ length: count }, (_, i) => i);
  await pooled(numbers, 16, async i => {
    const object = application(i, RESOURCES, cluster.url);
    for (const field of ['uid', 'resourceVersion', 'managedFields'])
      delete (object.metadata as Record<string, unknown>)[field];
    // What Argo CD hasn't compared for long would be shown as not known.
    (object.status as { reconciledAt: string }).reconciledAt =
      new Date().toISOString();
    await kube.request('POST', APPLICATIONS_PATH, object);
  });
  kube.close();
}
