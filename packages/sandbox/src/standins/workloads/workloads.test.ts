import {
  Body,
  MERGE,
  Target,
  deployment,
  namespaceFor,
  until,
} from '../../../conformance/target';
import { Sandbox, startSandbox } from '../..';
import { lastScheduled } from './cron';

describe('the stand-ins for workloads', () => {
  let sandbox: Sandbox;
  let target: Target;
  let namespace: string;
  let core: string;
  let apps: string;
  let batch: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'one', region: 'eu-1' }],
      timings: { podStartMs: 50, podStopMs: 20, workMs: 50 },
    });
    const [{ url, token }] = sandbox.clusters;
    target = Target.to(url, token);
    namespace = await namespaceFor(target, 'workloads');
    core = `/api/v1/namespaces/${namespace}`;
    apps = `/apis/apps/v1/namespaces/${namespace}`;
    batch = `/apis/batch/v1/namespaces/${namespace}`;
  });

  afterAll(() => sandbox.stop());

  const pods = async (app: string): Promise<Body[]> =>
    (await target.get(`${core}/pods`, { labelSelector: `app=${app}` })).body
      .items;
  const image = (tag: string) => [
    { name: 'web', image: `registry.test/web:${tag}` },
  ];
  const events = async (name: string) =>
    (
      await target.get(`${core}/events`, {
        fieldSelector: `involvedObject.name=${name}`,
      })
    ).body.items;

  it('make a Deployment available, with Pods that say that they are played', async () => {
    await target.post(
      `${apps}/deployments`,
      deployment('good', undefined, { replicas: 2 }),
    );
    const { body } = await until(
      () => target.get(`${apps}/deployments/good`),
      reply => reply.body.status.availableReplicas === 2,
    );
    expect(body.status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      conditions: [
        { type: 'Available', status: 'True' },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
        },
      ],
    });
    const [pod] = await pods('good');
    expect(pod.metadata.annotations['sandbox.slipway.dev/stand-in']).toBe(
      'true',
    );
    expect([
      pod.spec.nodeName,
      pod.status.phase,
      pod.status.containerStatuses[0].ready,
    ]).toEqual(['sandbox', 'Running', true]);
    const log = await target.send(
      'GET',
      `${core}/pods/${pod.metadata.name}/log`,
    );
    expect(log.text).toContain('this is a stand-in');
  });

  it('roll out a new image, and keep the old Pods while the new ones fail', async () => {
    await target.post(
      `${apps}/deployments`,
      deployment('rolled', image('1'), { replicas: 1 }),
    );
    await until(
      () => target.get(`${apps}/deployments/rolled`),
      reply => reply.body.status.availableReplicas === 1,
    );
    await target.patch(
      `${apps}/deployments/rolled`,
      'application/strategic-merge-patch+json',
      { spec: { template: { spec: { containers: image('missing') } } } },
    );
    await until(
      () => target.get(`${core}/events`, { fieldSelector: 'reason=Failed' }),
      reply => reply.body.items.length > 0,
    );
    const waiting = (await pods('rolled'))
      .map(one => one.status.containerStatuses?.[0].state.waiting?.reason)
      .sort();
    expect(waiting).toEqual(['ImagePullBackOff', undefined]);
    await target.patch(
      `${apps}/deployments/rolled`,
      'application/strategic-merge-patch+json',
      { spec: { template: { spec: { containers: image('2') } } } },
    );
    await until(
      () => target.get(`${core}/pods`, { labelSelector: 'app=rolled' }),
      reply =>
        reply.body.items.length === 1 &&
        reply.body.items[0].spec.containers[0].image.endsWith(':2'),
    );
    const { body } = await target.get(`${apps}/deployments/rolled`);
    expect(body.metadata.annotations['deployment.kubernetes.io/revision']).toBe(
      '3',
    );
  });

  it('let an image whose tag says so crash', async () => {
    await target.post(
      `${apps}/deployments`,
      deployment('crashing', image('crash'), { replicas: 1 }),
    );
    const { body } = await until(
      () => target.get(`${core}/pods`, { labelSelector: 'app=crashing' }),
      reply =>
        reply.body.items[0]?.status.containerStatuses?.[0].restartCount >= 2,
    );
    const [status] = body.items[0].status.containerStatuses;
    expect([
      status.state.waiting.reason,
      status.lastState.terminated.exitCode,
    ]).toEqual(['CrashLoopBackOff', 1]);
    const reasons = (await events(body.items[0].metadata.name)).map(
      (one: Body) => one.reason,
    );
    expect(reasons).toContain('BackOff');
    const log = await target.send(
      'GET',
      `${core}/pods/${body.items[0].metadata.name}/log`,
      undefined,
      { query: { previous: true } },
    );
    expect(log.text).toContain('panic');
  });

  it('hold a Pod back until the Secret that it needs is there', async () => {
    const env = [
      { name: 'A', valueFrom: { secretKeyRef: { name: 'later', key: 'a' } } },
    ];
    await target.post(
      `${apps}/deployments`,
      deployment('needy', [{ ...image('1')[0], env }], { replicas: 1 }),
    );
    const { body } = await until(
      () => target.get(`${core}/pods`, { labelSelector: 'app=needy' }),
      reply =>
        reply.body.items[0]?.status.containerStatuses?.[0].state.waiting
          ?.reason === 'CreateContainerConfigError',
    );
    expect(
      body.items[0].status.containerStatuses[0].state.waiting.message,
    ).toBe('secret "later" not found');
    await target.post(`${core}/secrets`, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'later' },
      stringData: { a: '1' },
    });
    await until(
      () => target.get(`${apps}/deployments/needy`),
      reply => reply.body.status.availableReplicas === 1,
    );
  });

  it('give each Pod of a StatefulSet its claim, in order', async () => {
    await target.post(`${apps}/statefulsets`, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: {
          metadata: { labels: { app: 'db' } },
          spec: {
            containers: [
              {
                name: 'db',
                image: 'registry.test/db:1',
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
            },
          },
        ],
      },
    });
    await until(
      () => target.get(`${apps}/statefulsets/db`),
      reply => reply.body.status.readyReplicas === 2,
    );
    const claim = (await target.get(`${core}/persistentvolumeclaims/data-db-1`))
      .body;
    expect(claim.status).toMatchObject({
      phase: 'Bound',
      capacity: { storage: '1Gi' },
    });
    expect((await pods('db')).map(one => one.metadata.name)).toEqual([
      'db-0',
      'db-1',
    ]);
    await target.patch(`${apps}/statefulsets/db`, MERGE, {
      spec: { replicas: 1 },
    });
    await until(
      () => target.get(`${core}/pods/db-1`),
      reply => reply.status === 404,
    );
    expect(
      (await target.get(`${core}/persistentvolumeclaims/data-db-1`)).status,
    ).toBe(200);
  });

  const job = (name: string, tag: string, spec: object = {}) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      ...spec,
      template: { spec: { restartPolicy: 'Never', containers: image(tag) } },
    },
  });

  it('complete Jobs, and fail those that can not', async () => {
    await target.post(`${batch}/jobs`, job('fine', '1'));
    const done = await until(
      () => target.get(`${batch}/jobs/fine`),
      reply => reply.body.status.succeeded === 1,
    );
    expect(done.body.status.conditions[0]).toMatchObject({
      type: 'Complete',
      status: 'True',
    });
    await target.post(
      `${batch}/jobs`,
      job('lost', 'crash', { backoffLimit: 1 }),
    );
    const lost = await until(
      () => target.get(`${batch}/jobs/lost`),
      reply => reply.body.status.conditions !== undefined,
    );
    expect([
      lost.body.status.failed,
      lost.body.status.conditions[0].reason,
    ]).toEqual([2, 'BackoffLimitExceeded']);
  });

  it('name the last time that a schedule was due', () => {
    const at = (text: string) => new Date(`2026-11-21T${text}:00Z`);
    expect(lastScheduled('*/15 * * * *', at('10:01'), at('10:47'))).toEqual(
      at('10:45'),
    );
    expect(
      lastScheduled('*/15 * * * *', at('10:45'), at('10:47')),
    ).toBeUndefined();
    expect(lastScheduled('0 9-11 * * sat', at('08:00'), at('12:00'))).toEqual(
      at('11:00'),
    );
    expect(lastScheduled('@hourly', at('08:00'), at('08:59'))).toBeUndefined();
    expect(
      lastScheduled('0 0 1 1 1', at('00:00'), at('23:00')),
    ).toBeUndefined();
  });

  it('give every namespace its account and CA, and the cluster its node', async () => {
    expect(
      (await target.get(`${core}/configmaps/kube-root-ca.crt`)).body.data[
        'ca.crt'
      ],
    ).toContain('BEGIN CERTIFICATE');
    await target.delete(`${core}/serviceaccounts/default`);
    await until(
      () => target.get(`${core}/serviceaccounts/default`),
      reply => reply.status === 200,
    );
    const node = (await target.get('/api/v1/nodes/sandbox')).body;
    expect(node.metadata.labels).toMatchObject({
      'topology.kubernetes.io/region': 'eu-1',
      'sandbox.slipway.dev/stand-in': 'true',
    });
  });

  it('tell a ReplicaSet whose Pods a quota refuses, and go on when there is room', async () => {
    const tight = await namespaceFor(target, 'tight');
    const path = `/api/v1/namespaces/${tight}/resourcequotas`;
    await target.post(path, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q' },
      spec: { hard: { pods: '1' } },
    });
    await target.post(
      `/apis/apps/v1/namespaces/${tight}/deployments`,
      deployment('web', undefined, { replicas: 2 }),
    );
    const events_ = () =>
      target.get(`/api/v1/namespaces/${tight}/events`, {
        fieldSelector: 'reason=FailedCreate',
      });
    const { body } = await until(events_, reply => reply.body.items.length > 0);
    expect(body.items[0].message).toContain(
      'exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    );
    await until(
      () => target.get(`${path}/q`),
      reply => reply.body.status.used.pods === '1',
    );
    await target.patch(`${path}/q`, MERGE, { spec: { hard: { pods: '2' } } });
    await until(
      () => target.get(`/apis/apps/v1/namespaces/${tight}/deployments/web`),
      reply => reply.body.status.availableReplicas === 2,
    );
  }, 20_000);
});
