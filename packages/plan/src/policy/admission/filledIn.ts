/** What the API server writes into a field that an object leaves open. */
type Filled =
  /** An object, whose own fields are listed beside it. */
  | 'object'
  /** Something that depends on more than the field. */
  | 'varies'
  | { value: string | number | boolean };

const value = (of: string | number | boolean): Filled => ({ value: of });

/**
 * Fields of the kinds that Slipway renders into which the API server writes a
 * default. A rule that asks whether such a field is there would be asked about
 * another object than the one in Git. `parent.field` stands for the field
 * below one parent only. Tested against a real API server for all that the
 * examples render.
 */
const FILLED: Readonly<Record<string, Filled>> = {
  // Every object.
  uid: 'varies',
  generation: 'varies',
  resourceVersion: 'varies',
  creationTimestamp: 'varies',
  managedFields: 'varies',
  status: 'varies',
  // Namespace, ServiceAccount and the like.
  finalizers: 'varies',
  'spec.finalizers': 'varies',
  // Workloads.
  replicas: value(1),
  progressDeadlineSeconds: value(600),
  revisionHistoryLimit: value(10),
  strategy: 'object',
  'strategy.type': value('RollingUpdate'),
  rollingUpdate: 'varies',
  maxSurge: value('25%'),
  'rollingUpdate.maxUnavailable': value('25%'),
  partition: value(0),
  updateStrategy: 'object',
  'updateStrategy.type': value('RollingUpdate'),
  podManagementPolicy: value('OrderedReady'),
  persistentVolumeClaimRetentionPolicy: 'object',
  whenDeleted: value('Retain'),
  whenScaled: value('Retain'),
  concurrencyPolicy: value('Allow'),
  suspend: value(false),
  successfulJobsHistoryLimit: value(3),
  failedJobsHistoryLimit: value(1),
  // Pods.
  restartPolicy: value('Always'),
  dnsPolicy: value('ClusterFirst'),
  schedulerName: value('default-scheduler'),
  terminationGracePeriodSeconds: value(30),
  securityContext: 'object',
  serviceAccount: 'varies',
  emptyDir: 'object',
  defaultMode: value(420),
  // Containers.
  resources: 'object',
  imagePullPolicy: 'varies',
  terminationMessagePath: value('/dev/termination-log'),
  terminationMessagePolicy: value('File'),
  protocol: value('TCP'),
  timeoutSeconds: value(1),
  periodSeconds: value(10),
  successThreshold: value(1),
  failureThreshold: value(3),
  scheme: value('HTTP'),
  'httpGet.path': value('/'),
  'grpc.service': value(''),
  divisor: 'varies',
  'fieldRef.apiVersion': value('v1'),
  // Services.
  'spec.type': value('ClusterIP'),
  clusterIP: 'varies',
  clusterIPs: 'varies',
  ipFamilies: 'varies',
  ipFamilyPolicy: 'varies',
  internalTrafficPolicy: value('Cluster'),
  externalTrafficPolicy: 'varies',
  allocateLoadBalancerNodePorts: 'varies',
  sessionAffinity: value('None'),
  targetPort: 'varies',
  nodePort: 'varies',
  // Disks.
  volumeMode: value('Filesystem'),
  storageClassName: 'varies',
  volumeName: 'varies',
  // The rest.
  minReplicas: value(1),
  policyTypes: 'varies',
  'limits.default': 'varies',
  defaultRequest: 'varies',
};

/** What the API server writes into a field, or undefined when it leaves it alone. @internal */
export function filledIn(
  field: string,
  parent: string | undefined,
): Filled | undefined {
  const named = (key: string) =>
    Object.hasOwn(FILLED, key) ? FILLED[key] : undefined;
  return (
    (parent === undefined ? undefined : named(`${parent}.${field}`)) ??
    named(field)
  );
}
