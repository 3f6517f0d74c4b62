import { LiveStore } from '../src/watch/LiveStore';
import type { KubernetesObject } from '../src/ports/Clusters';

/**
 * Bytes of heap that the status index keeps of an Application, beside the whole object as an informer's cache keeps it.
 * Both get the same parsed objects, as large and as full as a real one with twenty resources.
 */
const APPLICATIONS = 5_000;
const RESOURCES = 20;

function application(i: number): KubernetesObject {
  const name = `shop--service${i}--production`;
  const resources = Array.from({ length: RESOURCES }, (_, n) => ({
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
    path: `clusters/eu/shop/service${i}/production/workload`,
    targetRevision: 'refs/heads/main',
  };
  return JSON.parse(
    JSON.stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name,
        namespace: 'argocd',
        uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
        resourceVersion: String(100_000 + i),
        generation: 40 + i,
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: {
          'app.kubernetes.io/managed-by': 'slipway',
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': `service${i}`,
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
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: name,
        },
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

function heap(): number {
  for (let i = 0; i < 4; i += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Heap that is still held after `fill`, per Application. */
function held(fill: () => unknown): number {
  const before = heap();
  const kept = fill();
  const after = heap();
  // Read afterwards, so that nothing of it is collected before it is measured.
  if (kept === undefined) throw new Error('Nothing was kept.');
  return (after - before) / APPLICATIONS;
}

const other = held(() => {
  const cache = new Map<string, KubernetesObject>();
  for (let i = 0; i < APPLICATIONS; i += 1)
    cache.set(String(i), application(i));
  return cache;
});
const ours = held(() => {
  const store = new LiveStore(() => 'eu');
  for (let i = 0; i < APPLICATIONS; i += 1) store.upsert('eu', application(i));
  return store;
});
process.stdout.write(
  `${JSON.stringify({
    name: 'index-memory',
    ours: Math.round(ours),
    other: Math.round(other),
    ratio: Number((ours / other).toFixed(3)),
    unit: 'bytes of heap an Application',
    applications: APPLICATIONS,
    json: JSON.stringify(application(1)).length,
  })}\n`,
);
