import type {
  ApiDrift,
  ApiEnvironmentAllowed,
  ApiLogs,
  ApiObjectDetails,
  ApiPipelineLogs,
  ApiPipelineRun,
} from '@slipway/plugin-slipway-common';
import { ago } from './ago';

const YES = { allowed: true };

/** What a member of the owning group may do. */
export const allowed = (
  changes: Partial<ApiEnvironmentAllowed> = {},
): ApiEnvironmentAllowed => ({
  reconcile: YES,
  approve: { allowed: false, reason: 'Only payments-leads may approve.' },
  refresh: YES,
  sync: YES,
  putBack: YES,
  accept: YES,
  rerun: YES,
  logs: YES,
  promote: YES,
  rollback: YES,
  ...changes,
});

const NAMESPACE = 'shop--checkout--production';

/** Replicas that somebody scaled by hand, an annotation of another tool, and an object that somebody removed. */
export const drift = (changes: Partial<ApiDrift> = {}): ApiDrift => ({
  state: 'drifted',
  checkedAt: ago(0.2),
  since: ago(26),
  source: { name: 'sandbox-us', state: 'live', asOf: ago(0) },
  argocd: {
    sync: 'Synced',
    agrees: false,
    why: 'It is told to ignore spec.replicas, as an autoscaler may own it; here none does.',
  },
  selfHeal: false,
  objects: [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: NAMESPACE,
      name: 'web',
      missing: false,
      part: 'workload',
      fields: [
        {
          path: 'spec.replicas',
          segments: ['spec', 'replicas'],
          wanted: 3,
          found: 5,
          why: 'changed',
          manager: 'kubectl-scale',
          tool: 'kubectl scale',
          operation: 'Update',
          since: ago(26),
          accept: {
            possible: true,
            file: 'organizations/shop/services/checkout.yaml',
            specPath: 'workloads[web].replicas',
            line: 19,
          },
        },
      ],
    },
  ],
  allowed: { putBack: YES, accept: YES },
  ...changes,
});

/** More than a card shows: several objects, one of them gone, one field without an inverse. */
export const manyDrifts = (): ApiDrift => ({
  ...drift(),
  argocd: { sync: 'OutOfSync', agrees: true },
  objects: [
    {
      ...drift().objects[0],
      fields: [
        ...drift().objects[0].fields,
        {
          path: 'spec.template.spec.containers[name=web].image',
          segments: ['spec', 'template', 'spec', 'containers', 0, 'image'],
          wanted: 'registry.example.com/shop/checkout:9d03c1e',
          found: 'registry.example.com/shop/checkout:hotfix',
          why: 'changed',
          manager: 'kubectl-edit',
          tool: 'kubectl edit',
          user: 'ben@example.com',
          operation: 'Update',
          since: ago(180),
          accept: {
            possible: false,
            reason: 'images come with a release, not with the spec.',
          },
        },
        {
          path: 'metadata.annotations["example.com/on-call"]',
          segments: ['metadata', 'annotations', 'example.com/on-call'],
          found: 'ben',
          why: 'foreign',
          manager: 'Mozilla',
          operation: 'Update',
          since: ago(300),
          accept: {
            possible: false,
            reason: 'the spec has no place for annotations.',
          },
        },
      ],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      namespace: NAMESPACE,
      name: 'web-to-orders-db',
      missing: true,
      part: 'platform',
      fields: [],
    },
  ],
});

export const noDrift = (changes: Partial<ApiDrift> = {}): ApiDrift =>
  drift({
    state: 'none',
    objects: [],
    since: undefined,
    selfHeal: true,
    argocd: { sync: 'Synced', agrees: true },
    ...changes,
  });

export const unknownDrift = (cluster = 'sandbox-us'): ApiDrift =>
  noDrift({
    state: 'unknown',
    checkedAt: undefined,
    message: `The cluster ${cluster} has not answered for 14 min.`,
    source: { name: cluster, state: 'unreachable', asOf: ago(14) },
    argocd: undefined,
  });

const WANTED = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app.kubernetes.io/name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: web
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/checkout:9d03c1e
          ports:
            - containerPort: 8080
              name: http
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
`;

const LIVE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop--checkout--production
  uid: 4d6c1f8e-5d3b-4a57-9f54-f2f1f2d3c4b5
  resourceVersion: "88213"
  generation: 7
  labels:
    app.kubernetes.io/name: web
spec:
  progressDeadlineSeconds: 600
  replicas: 5
  revisionHistoryLimit: 10
  selector:
    matchLabels:
      app.kubernetes.io/name: web
  strategy:
    type: RollingUpdate
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/checkout:9d03c1e
          imagePullPolicy: IfNotPresent
          ports:
            - containerPort: 8080
              name: http
              protocol: TCP
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
          terminationMessagePath: /dev/termination-log
      dnsPolicy: ClusterFirst
      restartPolicy: Always
status:
  availableReplicas: 5
  readyReplicas: 5
`;

export const objectDetails = (
  changes: Partial<ApiObjectDetails> = {},
): ApiObjectDetails => ({
  ref: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: NAMESPACE,
    name: 'web',
  },
  wanted: WANTED,
  wantedPath:
    'clusters/sandbox-us/shop/checkout/production/workload/deployment-web.yaml',
  live: LIVE,
  managers: [
    {
      manager: 'argocd-controller',
      tool: 'Argo CD',
      operation: 'Apply',
      time: ago(190),
      fields: 14,
    },
    {
      manager: 'kubectl-scale',
      tool: 'kubectl scale',
      operation: 'Update',
      subresource: 'scale',
      time: ago(26),
      fields: 1,
    },
  ],
  events: [
    {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: 'Scaled up replica set web-6f7c9d to 5 from 3',
      count: 1,
      firstSeen: ago(26),
      lastSeen: ago(26),
      source: 'deployment-controller',
    },
  ],
  source: { name: 'sandbox-us', state: 'live', asOf: ago(0) },
  ...changes,
});

/** A Pod that can't pull its image: no file in Git, containers, and warnings. */
export const podDetails = (): ApiObjectDetails => ({
  ref: {
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'shop--checkout--staging',
    name: 'web-6f7c9d-x2x9k',
  },
  live: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-6f7c9d-x2x9k\n',
  managers: [
    {
      manager: 'kube-controller-manager',
      operation: 'Update',
      time: ago(12),
      fields: 22,
    },
  ],
  events: [
    {
      type: 'Warning',
      reason: 'Failed',
      message:
        'Failed to pull image "registry.example.com/shop/checkout:4f2a91c": not found',
      count: 9,
      firstSeen: ago(12),
      lastSeen: ago(1),
      source: 'kubelet',
    },
    {
      type: 'Normal',
      reason: 'Scheduled',
      message: 'Successfully assigned to node-3',
      count: 1,
      firstSeen: ago(12),
      lastSeen: ago(12),
      source: 'default-scheduler',
    },
  ],
  containers: [
    {
      name: 'migrate',
      init: true,
      state: 'Completed',
      ready: true,
      restarts: 0,
    },
    {
      name: 'web',
      init: false,
      state: 'ImagePullBackOff',
      ready: false,
      restarts: 2,
      message:
        'Back-off pulling image "registry.example.com/shop/checkout:4f2a91c"',
    },
  ],
  source: { name: 'sandbox-eu', state: 'live', asOf: ago(0) },
});

export const logs = (changes: Partial<ApiLogs> = {}): ApiLogs => ({
  pod: 'web-6f7c9d-x2x9k',
  container: 'web',
  containers: ['web', 'migrate'],
  lines: [
    { at: ago(3), text: 'listening on :8080' },
    { at: ago(2), text: 'GET /healthz 200 1ms' },
    { at: ago(1), text: 'ERROR payment provider timed out after 3 tries' },
    { at: ago(0), text: 'GET /healthz 200 1ms' },
  ],
  truncated: true,
  ...changes,
});

const step = (
  name: string,
  state: ApiPipelineRun['steps'][number]['state'],
  more: Partial<ApiPipelineRun['steps'][number]> = {},
): ApiPipelineRun['steps'][number] => ({
  id: name,
  name,
  state,
  logs: state !== 'queued',
  ...more,
});

export const pipelineRuns: ApiPipelineRun[] = [
  {
    id: 'r3',
    engine: 'tekton',
    name: 'build-4f2a91c-xk2p9',
    pipeline: 'build',
    state: 'running',
    revision: '4f2a91c',
    branch: 'main',
    trigger: 'push',
    startedAt: ago(2),
    byUs: true,
    sandbox: true,
    rerun: { allowed: false, reason: 'It is still running.' },
    steps: [
      step('clone', 'succeeded', { startedAt: ago(2), finishedAt: ago(1.9) }),
      step('test', 'succeeded', { startedAt: ago(1.9), finishedAt: ago(0.6) }),
      step('image', 'running', { startedAt: ago(0.6) }),
      step('release', 'queued'),
    ],
  },
  {
    id: 'r2',
    engine: 'tekton',
    name: 'build-88e1c07-9kq4z',
    pipeline: 'build',
    state: 'failed',
    revision: '88e1c07',
    branch: 'main',
    trigger: 'push',
    startedAt: ago(30),
    finishedAt: ago(26),
    message: '3 of 214 tests failed',
    failedStep: 'test',
    byUs: true,
    sandbox: true,
    rerun: { allowed: true },
    steps: [
      step('clone', 'succeeded', { startedAt: ago(30), finishedAt: ago(29.8) }),
      step('test', 'failed', {
        startedAt: ago(29.8),
        finishedAt: ago(26),
        exitCode: 1,
        message: '3 of 214 tests failed',
      }),
      step('image', 'skipped'),
      step('release', 'skipped'),
    ],
  },
  {
    id: 'r1',
    engine: 'github-actions',
    name: 'build-9d03c1e',
    pipeline: 'CI',
    state: 'succeeded',
    revision: '9d03c1e',
    branch: 'payment-retries',
    trigger: 'pull_request',
    startedAt: ago(190),
    finishedAt: ago(186),
    url: 'https://github.example.com/shop/checkout/actions/runs/1',
    byUs: false,
    sandbox: false,
    rerun: {
      allowed: false,
      reason: 'Only its owners may run it again.',
    },
    steps: [
      step('clone', 'succeeded'),
      step('test', 'succeeded'),
      step('image', 'succeeded'),
    ],
  },
];

export const pipelineLogs = (
  changes: Partial<ApiPipelineLogs> = {},
): ApiPipelineLogs => ({
  step: 'test',
  lines: [
    { at: ago(27), text: '> checkout@1.0.0 test' },
    { at: ago(26.5), text: 'PASS src/cart.test.ts' },
    { at: ago(26.2), text: 'FAIL src/retry.test.ts' },
    { at: ago(26.2), text: '  x gives up after three tries (41 ms)' },
    { at: ago(26), text: 'Tests: 3 failed, 211 passed, 214 total' },
  ],
  truncated: false,
  ...changes,
});
