import fc from 'fast-check';
import type { KubernetesObject } from '../../../types';

// What is changed has a shape that Kubernetes knows; the tests have no need to.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

type Change = (object: Loose, pod: Loose, container: Loose) => void;

/** What people do to objects by hand, or by a patch in a spec. */
const CHANGES: Record<string, Change> = {
  latest: (_, __, c) => c && (c.image = 'example.com/a:latest'),
  untagged: (_, __, c) => c && (c.image = 'example.com:5000/a'),
  digest: (_, __, c) =>
    c && (c.image = `example.com/a@sha256:${'0'.repeat(64)}`),
  moving: (_, __, c) => c && (c.image = 'example.com/a:pr-12'),
  'no-resources': (_, __, c) => c && delete c.resources,
  'no-requests': (_, __, c) => c?.resources && delete c.resources.requests,
  'no-limits': (_, __, c) => c?.resources && delete c.resources.limits,
  'no-cpu': (_, __, c) =>
    c?.resources?.requests && delete c.resources.requests.cpu,
  privileged: (_, __, c) => c && (c.securityContext = { privileged: true }),
  'no-security': (_, __, c) => c && delete c.securityContext,
  writable: (_, __, c) =>
    c?.securityContext && delete c.securityContext.readOnlyRootFilesystem,
  'no-ports': (_, __, c) => c && delete c.ports,
  'no-readiness': (_, __, c) => c && delete c.readinessProbe,
  sidecar: (_, pod) =>
    pod?.containers.push({ name: 'sidecar', image: 'example.com/b:v1' }),
  'host-network': (_, pod) => pod && (pod.hostNetwork = true),
  'host-path': (_, pod) =>
    pod &&
    (pod.volumes = [
      ...(pod.volumes ?? []),
      { name: 'host', hostPath: { path: '/etc' } },
    ]),
  'no-annotations': object => delete object.metadata.annotations,
  'no-labels': object => delete object.metadata.labels,
  'node-port': object =>
    object.kind === 'Service' &&
    object.spec.clusterIP !== 'None' &&
    (object.spec.type = 'NodePort'),
  'no-type': object => object.kind === 'Service' && delete object.spec.type,
  'no-minimum': object => object.spec && delete object.spec.minReplicas,
  'retention-unsaid': object =>
    object.spec && delete object.spec.persistentVolumeClaimRetentionPolicy,
  'no-tls': object => object.spec && delete object.spec.tls,
};

function podOf({ spec }: Loose): Loose {
  return (spec?.template ?? spec?.jobTemplate?.spec?.template)?.spec;
}

/** Some of these changes, on every object that they fit. */
export const mutations: fc.Arbitrary<
  (object: KubernetesObject) => KubernetesObject
> = fc.subarray(Object.keys(CHANGES), { maxLength: 5 }).map(names => object => {
  const changed = structuredClone(object);
  const pod = podOf(changed);
  for (const name of names) CHANGES[name](changed, pod, pod?.containers[0]);
  return changed;
});
