import type { KubernetesObject } from '../../src/ports/Clusters';

/** The namespace of all of them. */
export const ARGOCD = 'argocd';

/** The service of the Application of this number. */
export const serviceOf = (i: number) => `service${i}`;

/** As large and as full as an Application with so many resources is after ten releases; parsed anew, as from a cluster. */
export function application(
  i: number,
  resourceCount: number,
  server = 'https://kubernetes.default.svc',
): KubernetesObject {
  const name = `shop--${serviceOf(i)}--production`;
  const resources = Array.from({ length: resourceCount }, (_, n) => ({
    group: n % 2 ? 'apps' : '',
    version: 'v1',
    kind: n % 2 ? 'Deployment' : 'Service',
    namespace: name,
    name: `workload-${i}-${n}`,
    status: 'Synced',
    health: { status: 'Healthy' },
  }));
  const source = {
    repoURL: 'https://git.example.com/platform/gitops.git',
    path: `clusters/eu/shop/${serviceOf(i)}/production/workload`,
    targetRevision: 'refs/heads/main',
  };
  return JSON.parse(
    JSON.stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: ARGOCD,
        uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
        resourceVersion: String(100_000 + i),
        generation: 40 + i,
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: {
          'app.kubernetes.io/managed-by': 'slipway',
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': serviceOf(i),
          'slipway.dev/environment': 'production',
        },
        annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' },
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
        managedFields: ['slipway', 'argocd-application-controller'].map(
          manager => ({
            manager,
            operation: 'Apply',
            apiVersion: 'argoproj.io/v1alpha1',
            time: '2026-01-01T00:00:00Z',
            fieldsType: 'FieldsV1',
            fieldsV1: {
              'f:spec': {
                'f:destination': {},
                'f:project': {},
                'f:source': { 'f:path': {}, 'f:repoURL': {} },
              },
            },
          }),
        ),
      },
      spec: {
        project: name,
        destination: { server, namespace: name },
        source,
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          retry: { limit: 5 },
        },
      },
      status: {
        sync: {
          status: 'Synced',
          revision: `${i}`.padStart(40, 'a'),
          comparedTo: { source, destination: {} },
        },
        health: { status: 'Healthy' },
        reconciledAt: '2026-01-02T00:00:00Z',
        resources,
        history: Array.from({ length: 10 }, (_, n) => ({
          id: n,
          revision: `${i}${n}`.padStart(40, 'b'),
          deployedAt: '2026-01-01T00:00:00Z',
          deployStartedAt: '2026-01-01T00:00:00Z',
          source,
          initiatedBy: { automated: true },
        })),
        operationState: {
          phase: 'Succeeded',
          operation: { sync: { revision: `${i}`.padStart(40, 'a') } },
          message: 'successfully synced (all tasks run)',
          startedAt: '2026-01-01T00:00:00Z',
          finishedAt: '2026-01-01T00:00:10Z',
          syncResult: {
            revision: `${i}`.padStart(40, 'a'),
            source,
            resources: resources.map(({ health: _, ...r }) => ({
              ...r,
              message: `${r.kind}/${r.name} configured`,
              syncPhase: 'Sync',
              hookPhase: 'Running',
            })),
          },
        },
        summary: { images: [`registry.example.com/shop/service${i}:abc`] },
      },
    }),
  ) as KubernetesObject;
}
