import { JsonObject, isObject, objectAt, objectsAt } from './json';
import { canonicalQuantity } from './quantity';
import { QUANTITY, Schema, memberSchema, resolve } from './schema';
import { KubeObject } from './types';

/**
 * The defaults that a real API server writes into built-in kinds, as far as Slipway's objects meet them: without them a
 * round trip would look like drift, and with them a dry-run apply shows the same as on a real cluster.
 */

function fill(target: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) {
    if (target[key] === undefined) target[key] = value;
  }
}

/** Writes every quantity the way the API server would return it. */
export function canonicalQuantities(value: unknown, schema: Schema): void {
  if (Array.isArray(value)) {
    const items = schema.items && resolve(schema.items);
    if (items) value.forEach(item => canonicalQuantities(item, items));
    return;
  }
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const raw =
      schema.properties?.[name] ??
      (typeof schema.additionalProperties === 'object'
        ? schema.additionalProperties
        : undefined);
    if (!raw) continue;
    if (raw.$ref === QUANTITY)
      value[name] = canonicalQuantity(member as string | number);
    else canonicalQuantities(member, memberSchema(schema, name) ?? {});
  }
}

function probe(value: JsonObject | undefined): void {
  if (!value) return;
  fill(value, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
  const http = objectAt(value, 'httpGet');
  if (http) fill(http, { path: '/', scheme: 'HTTP' });
  const grpc = objectAt(value, 'grpc');
  if (grpc) fill(grpc, { service: '' });
}

function container(value: JsonObject): void {
  const image = String(value.image ?? '');
  const tag = image.includes('@') ? 'digest' : /:([^/]+)$/.exec(image)?.[1];
  fill(value, {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: !tag || tag === 'latest' ? 'Always' : 'IfNotPresent',
    resources: {},
  });
  for (const port of objectsAt(value, 'ports')) fill(port, { protocol: 'TCP' });
  for (const env of objectsAt(value, 'env')) {
    // Kubernetes' type leaves an empty value out.
    if (env.value === '') delete env.value;
    const field = objectAt(env, 'valueFrom', 'fieldRef');
    if (field) fill(field, { apiVersion: 'v1' });
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    probe(objectAt(value, name));
}

/** In a Pod (not in its template) a limit without a request is its request. */
function requestLimits(value: JsonObject): void {
  const limits = objectAt(value, 'resources', 'limits');
  if (!limits) return;
  const resources = value.resources as JsonObject;
  resources.requests = { ...limits, ...objectAt(resources, 'requests') };
}

function template(holder: JsonObject | undefined): void {
  const value = objectAt(holder, 'template');
  if (!value) return;
  fill(value, { metadata: {} });
  podSpec(objectAt(value, 'spec'));
}

function scalingRules(behavior: JsonObject): void {
  fill(behavior, { scaleUp: {}, scaleDown: {} });
  const percent = { type: 'Percent', value: 100, periodSeconds: 15 };
  const pods = { type: 'Pods', value: 4, periodSeconds: 15 };
  fill(behavior.scaleUp as JsonObject, {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [pods, percent],
  });
  fill(behavior.scaleDown as JsonObject, {
    selectPolicy: 'Max',
    policies: [percent],
  });
}

function volume(value: JsonObject): void {
  for (const name of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    const source = objectAt(value, name);
    if (source) fill(source, { defaultMode: 420 });
  }
  for (const source of objectsAt(value, 'projected', 'sources')) {
    const token = objectAt(source, 'serviceAccountToken');
    if (token) fill(token, { expirationSeconds: 3600 });
  }
  const host = objectAt(value, 'hostPath');
  if (host) fill(host, { type: '' });
  if (Object.keys(value).length === 1) value.emptyDir = {};
}

function podSpec(spec: JsonObject | undefined): void {
  if (!spec) return;
  for (const list of ['containers', 'initContainers'])
    objectsAt(spec, list).forEach(container);
  objectsAt(spec, 'volumes').forEach(volume);
  if (spec.serviceAccountName !== undefined)
    fill(spec, { serviceAccount: spec.serviceAccountName });
  else if (spec.serviceAccount !== undefined)
    fill(spec, { serviceAccountName: spec.serviceAccount });
  fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
}

function claim(spec: JsonObject | undefined): void {
  if (spec) fill(spec, { volumeMode: 'Filesystem' });
}

function job(spec: JsonObject | undefined): void {
  if (!spec) return;
  if (spec.completions === undefined && spec.parallelism === undefined)
    fill(spec, { completions: 1 });
  fill(spec, {
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
  template(spec);
}

function service(spec: JsonObject): void {
  fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  for (const port of objectsAt(spec, 'ports')) {
    fill(port, { protocol: 'TCP' });
    fill(port, { targetPort: port.port });
  }
  if (spec.type === 'ExternalName') return;
  fill(spec, {
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  });
  if (spec.type !== 'ClusterIP')
    fill(spec, { externalTrafficPolicy: 'Cluster' });
  if (spec.type === 'LoadBalancer')
    fill(spec, { allocateLoadBalancerNodePorts: true });
}

const DEFAULTS: Record<string, (object: KubeObject, spec: JsonObject) => void> =
  {
    namespaces: (object, spec) => {
      object.spec = spec;
      fill(spec, { finalizers: ['kubernetes'] });
      object.metadata.labels = {
        ...object.metadata.labels,
        'kubernetes.io/metadata.name': object.metadata.name,
      };
    },
    pods: (_, spec) => {
      podSpec(spec);
      fill(spec, { enableServiceLinks: true });
      for (const list of ['containers', 'initContainers'])
        objectsAt(spec, list).forEach(requestLimits);
    },
    secrets: object => {
      fill(object, { type: 'Opaque' });
      const plain = objectAt(object, 'stringData');
      if (!plain) return;
      const encoded = Object.entries(plain).map(([key, text]) => [
        key,
        Buffer.from(String(text)).toString('base64'),
      ]);
      object.data = {
        ...objectAt(object, 'data'),
        ...Object.fromEntries(encoded),
      };
      delete object.stringData;
    },
    services: (_, spec) => service(spec),
    persistentvolumeclaims: (_, spec) => claim(spec),
    limitranges: (_, spec) => {
      for (const limit of objectsAt(spec, 'limits')) {
        if (limit.type !== 'Container') continue;
        const max = objectAt(limit, 'max');
        if (max) limit.default = { ...max, ...objectAt(limit, 'default') };
        const base = objectAt(limit, 'default');
        if (base)
          limit.defaultRequest = {
            ...base,
            ...objectAt(limit, 'defaultRequest'),
          };
        if (objectAt(limit, 'min'))
          limit.defaultRequest = {
            ...objectAt(limit, 'min'),
            ...objectAt(limit, 'defaultRequest'),
          };
      }
    },
    'deployments.apps': (_, spec) => {
      fill(spec, {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: {},
      });
      const strategy = spec.strategy as JsonObject;
      fill(strategy, { type: 'RollingUpdate' });
      if (strategy.type === 'RollingUpdate') {
        fill(strategy, { rollingUpdate: {} });
        fill(strategy.rollingUpdate as JsonObject, {
          maxUnavailable: '25%',
          maxSurge: '25%',
        });
      }
      template(spec);
    },
    'replicasets.apps': (_, spec) => {
      fill(spec, { replicas: 1 });
      template(spec);
    },
    'statefulsets.apps': (_, spec) => {
      fill(spec, {
        replicas: 1,
        revisionHistoryLimit: 10,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: 'Retain',
          whenScaled: 'Retain',
        },
      });
      const strategy = objectAt(spec, 'updateStrategy')!;
      if (strategy.type === 'RollingUpdate')
        fill(strategy, { rollingUpdate: { partition: 0 } });
      for (const one of objectsAt(spec, 'volumeClaimTemplates')) {
        fill(one, {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          status: { phase: 'Pending' },
        });
        claim(objectAt(one, 'spec'));
      }
      template(spec);
    },
    'jobs.batch': (_, spec) => job(spec),
    'cronjobs.batch': (_, spec) => {
      fill(spec, {
        concurrencyPolicy: 'Allow',
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      });
      // The job of a template gets its defaults when it is created; only its Pod has them here.
      const jobTemplate = objectAt(spec, 'jobTemplate');
      if (jobTemplate) fill(jobTemplate, { metadata: {} });
      template(objectAt(jobTemplate, 'spec'));
    },
    'networkpolicies.networking.k8s.io': (_, spec) => {
      const egress = Array.isArray(spec.egress) && spec.egress.length > 0;
      fill(spec, { policyTypes: egress ? ['Ingress', 'Egress'] : ['Ingress'] });
      for (const rule of [
        ...objectsAt(spec, 'ingress'),
        ...objectsAt(spec, 'egress'),
      ]) {
        for (const port of objectsAt(rule, 'ports'))
          fill(port, { protocol: 'TCP' });
      }
    },
    'rolebindings.rbac.authorization.k8s.io': object => binding(object),
    'clusterrolebindings.rbac.authorization.k8s.io': object => binding(object),
    'horizontalpodautoscalers.autoscaling': (_, spec) => {
      fill(spec, {
        minReplicas: 1,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 80 },
            },
          },
        ],
      });
      const behavior = objectAt(spec, 'behavior');
      if (behavior) scalingRules(behavior);
    },
    'customresourcedefinitions.apiextensions.k8s.io': (_, spec) => {
      fill(spec, { conversion: { strategy: 'None' } });
      const names = objectAt(spec, 'names');
      if (names)
        fill(names, {
          singular: String(names.kind).toLowerCase(),
          listKind: `${String(names.kind)}List`,
        });
    },
    'validatingadmissionpolicies.admissionregistration.k8s.io': (_, spec) => {
      fill(spec, { failurePolicy: 'Fail' });
      const constraints = objectAt(spec, 'matchConstraints');
      if (constraints) matching(constraints);
    },
    'validatingadmissionpolicybindings.admissionregistration.k8s.io': (
      _,
      spec,
    ) => {
      const resources = objectAt(spec, 'matchResources');
      if (resources) matching(resources);
    },
  };

function matching(value: JsonObject): void {
  fill(value, {
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
  });
  for (const rule of objectsAt(value, 'resourceRules'))
    fill(rule, { scope: '*' });
}

function binding(object: KubeObject): void {
  const ref = objectAt(object, 'roleRef');
  if (ref) fill(ref, { apiGroup: 'rbac.authorization.k8s.io' });
  for (const subject of objectsAt(object, 'subjects')) {
    if (subject.kind === 'User' || subject.kind === 'Group')
      fill(subject, { apiGroup: 'rbac.authorization.k8s.io' });
  }
}

/** Fills in a built-in object's defaults, in place. */
export function defaultBuiltIn(resource: string, object: KubeObject): void {
  DEFAULTS[resource]?.(object, objectAt(object, 'spec') ?? {});
}
