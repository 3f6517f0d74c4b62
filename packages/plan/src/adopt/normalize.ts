import type { KubernetesObject } from '../types';

/** What an API server adds to an object, and no file says. */
const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** Notes of tools about their own work. */
const NOTES = [
  'argocd.argoproj.io/tracking-id',
  'argocd.argoproj.io/refresh',
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** Fields that an API server fills with the same value for everybody. */
const DEFAULTS: Record<string, unknown> = {
  creationTimestamp: null,
  dnsPolicy: 'ClusterFirst',
  progressDeadlineSeconds: 600,
  restartPolicy: 'Always',
  revisionHistoryLimit: 10,
  schedulerName: 'default-scheduler',
  securityContext: {},
  resources: {},
  terminationGracePeriodSeconds: 30,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

/** What a cluster gives a Service, which a file must not ask for. */
const OF_SERVICE = [
  'clusterIP',
  'clusterIPs',
  'internalTrafficPolicy',
  'ipFamilies',
  'ipFamilyPolicy',
  'sessionAffinity',
];

type Fields = Record<string, unknown>;

/** An object as somebody would write it down: without status, identity, notes of tools, and what is the same for all. @internal */
export function written(object: KubernetesObject): KubernetesObject {
  const { status: _status, ...rest } = object;
  const metadata = { ...(object.metadata as Fields) };
  for (const field of [...SERVER_METADATA, 'namespace']) delete metadata[field];
  const annotations = { ...object.metadata.annotations };
  for (const note of NOTES) delete annotations[note];
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
  else delete metadata.annotations;
  const spec = withoutDefaults(rest.spec) as Fields | undefined;
  return {
    ...rest,
    metadata: metadata as KubernetesObject['metadata'],
    ...(spec !== undefined && { spec: specOf(object.kind, spec) }),
  };
}

function specOf(kind: string, spec: Fields): Fields {
  if (kind === 'Service') {
    // A headless Service has none, and says so.
    const keeps = spec.clusterIP === 'None';
    return Object.fromEntries(
      Object.entries(spec).filter(
        ([field]) =>
          !OF_SERVICE.includes(field) || (keeps && field === 'clusterIP'),
      ),
    );
  }
  if (kind === 'PersistentVolumeClaim') {
    const { volumeName: _volume, ...rest } = spec;
    return rest;
  }
  return spec;
}

/** A value without the fields that say nothing but a default. @internal */
export function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, field]) =>
          !(
            Object.hasOwn(DEFAULTS, key) &&
            JSON.stringify(DEFAULTS[key]) === JSON.stringify(field)
          ),
      )
      .map(([key, field]) => [key, withoutDefaults(field)]),
  );
}
