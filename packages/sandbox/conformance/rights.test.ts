import {
  Body,
  Target,
  configMap,
  namespaceFor,
  unique,
  until,
  expected,
} from './target';

const REVIEWS = '/apis/authorization.k8s.io/v1';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

describe('rights', () => {
  let target: Target;
  let namespace: string;
  let token: string;
  const clusterRole = unique('conf-role');

  const role = (name: string, rules: object[]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name },
    rules,
  });
  const bindingTo = (name: string, kind: string, roleName: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: roleName },
    subjects: [{ kind: 'ServiceAccount', name: 'worker', namespace }],
  });
  const review = (spec: object) => ({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec,
  });
  const as = (method: string, path: string, body?: unknown) =>
    target.send(method, path, body, { token });

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'rights');
    const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    await target.post(accounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'worker' },
    });
    const made = await target.post(`${accounts}/worker/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    });
    token = made.body.status.token;
    await target.post(`${RBAC}/clusterroles`, {
      ...role(clusterRole, [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
      ]),
      kind: 'ClusterRole',
    });
    await target.post(
      `${RBAC}/namespaces/${namespace}/roles`,
      role('worker', [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          verbs: ['get', 'list', 'create'],
        },
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['mine'],
          verbs: ['get'],
        },
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['roles', 'rolebindings'],
          verbs: ['create', 'get'],
        },
      ]),
    );
    const bound = await target.post(
      `${RBAC}/namespaces/${namespace}/rolebindings`,
      bindingTo('worker', 'Role', 'worker'),
    );
    expected(bound, 201);
    // A real server's authorizer learns of the binding by a watch of its own.
    await until(
      () => as('GET', `/api/v1/namespaces/${namespace}/configmaps`),
      reply => reply.status === 200,
    );
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.delete(`${RBAC}/clusterroles/${clusterRole}`);
    await target.stop();
  });

  it('let a service account do what its role says', async () => {
    expect(
      (
        await as(
          'POST',
          `/api/v1/namespaces/${namespace}/configmaps`,
          configMap('mine', {}),
        )
      ).status,
    ).toBe(201);
  });

  it('refuse it the rest, and say what was missing', async () => {
    const { status, body } = await as(
      'DELETE',
      `/api/v1/namespaces/${namespace}/configmaps/mine`,
    );
    expect([status, body.reason]).toEqual([403, 'Forbidden']);
    expect(body.message).toBe(
      `configmaps "mine" is forbidden: User "system:serviceaccount:${namespace}:worker" cannot delete resource "configmaps" in API group "" in the namespace "${namespace}"`,
    );
    expect((await as('GET', '/api/v1/namespaces')).status).toBe(403);
    expect(
      (await as('GET', '/api/v1/namespaces/default/configmaps')).status,
    ).toBe(403);
  });

  it('can be limited to names', async () => {
    expect(
      (await as('GET', `/api/v1/namespaces/${namespace}/secrets/mine`)).status,
    ).toBe(404);
    expect(
      (await as('GET', `/api/v1/namespaces/${namespace}/secrets/other`)).status,
    ).toBe(403);
  });

  it('are asked for oneself', async () => {
    const ask = (resourceAttributes: object) =>
      as('POST', `${REVIEWS}/selfsubjectaccessreviews`, {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      });
    const yes = await ask({ namespace, verb: 'list', resource: 'configmaps' });
    expect([yes.status, yes.body.status.allowed]).toEqual([201, true]);
    expect(
      (await ask({ namespace, verb: 'delete', resource: 'configmaps' })).body
        .status.allowed,
    ).toBe(false);
    expect(
      (await ask({ verb: 'list', resource: 'configmaps' })).body.status.allowed,
    ).toBe(false);
  });

  it('are asked for others', async () => {
    const user = `system:serviceaccount:${namespace}:worker`;
    const ask = async (spec: object) =>
      (await target.post(`${REVIEWS}/subjectaccessreviews`, review(spec))).body
        .status?.allowed;
    expect(
      await ask({
        user,
        resourceAttributes: { namespace, verb: 'get', resource: 'configmaps' },
      }),
    ).toBe(true);
    expect(
      await ask({
        user,
        resourceAttributes: {
          namespace,
          verb: 'patch',
          resource: 'configmaps',
        },
      }),
    ).toBe(false);
    expect(
      await ask({
        user: 'x',
        groups: ['system:masters'],
        resourceAttributes: { verb: '*', resource: '*', group: '*' },
      }),
    ).toBe(true);
    expect(
      await ask({
        user,
        groups: ['system:authenticated'],
        nonResourceAttributes: { path: '/version', verb: 'get' },
      }),
    ).toBe(true);
  });

  it('are refused as a question that is none', async () => {
    const { status } = await target.post(
      `${REVIEWS}/subjectaccessreviews`,
      review({ user: 'x' }),
    );
    expect([400, 422]).toContain(status);
  });

  it('are never more than those of who hands them out', async () => {
    const path = `${RBAC}/namespaces/${namespace}`;
    const more = await as(
      'POST',
      `${path}/roles`,
      role('more', [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]),
    );
    expect([more.status, more.body.message]).toEqual([
      403,
      expect.stringContaining(
        'is attempting to grant RBAC permissions not currently held',
      ),
    ]);
    const less = await as(
      'POST',
      `${path}/roles`,
      role('less', [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
      ]),
    );
    expect(less.status).toBe(201);
    const bound = await as(
      'POST',
      `${path}/rolebindings`,
      bindingTo('more', 'ClusterRole', clusterRole),
    );
    expect(bound.status).toBe(403);
    expect(
      (
        await as(
          'POST',
          `${path}/rolebindings`,
          bindingTo('less', 'Role', 'less'),
        )
      ).status,
    ).toBe(201);
  });

  it('of a role that is bound with the verb bind may be handed on', async () => {
    await target.post(
      `${RBAC}/namespaces/${namespace}/roles`,
      role('binder', [
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['clusterroles'],
          resourceNames: [clusterRole],
          verbs: ['bind'],
        },
      ]),
    );
    await target.post(
      `${RBAC}/namespaces/${namespace}/rolebindings`,
      bindingTo('binder', 'Role', 'binder'),
    );
    const path = `${RBAC}/namespaces/${namespace}/rolebindings`;
    const { status } = await until(
      () =>
        as(
          'POST',
          path,
          bindingTo(unique('bound'), 'ClusterRole', clusterRole),
        ),
      reply => reply.status !== 403,
    );
    expect(status).toBe(201);
  }, 30_000);

  it('keep the role of a binding fixed', async () => {
    const path = `${RBAC}/namespaces/${namespace}/rolebindings/worker`;
    const { body } = await target.get(path);
    const changed = await target.put(path, {
      ...body,
      roleRef: { ...body.roleRef, name: 'less' },
    });
    expect([changed.status, changed.body.details.causes[0].field]).toEqual([
      422,
      'roleRef',
    ]);
  });

  it('come with a token that can be reviewed', async () => {
    const ask = (text: string) =>
      target.post('/apis/authentication.k8s.io/v1/tokenreviews', {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token: text },
      });
    const { body } = await ask(token);
    expect(body.status).toMatchObject({
      authenticated: true,
      user: { username: `system:serviceaccount:${namespace}:worker` },
    });
    expect(body.status.user.groups).toEqual(
      expect.arrayContaining([
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:authenticated',
      ]),
    );
    expect((await ask('nonsense')).body.status.authenticated ?? false).toBe(
      false,
    );
  });

  it('tell who one is', async () => {
    const { body } = await as(
      'POST',
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    );
    expect(body.status.userInfo.username).toBe(
      `system:serviceaccount:${namespace}:worker`,
    );
  });

  it('of another can be borrowed by who may impersonate', async () => {
    const headers = {
      'impersonate-user': `system:serviceaccount:${namespace}:worker`,
      'impersonate-group': 'system:authenticated',
    };
    const asWorker = (path: string) =>
      target.send('GET', path, undefined, { headers });
    expect(
      (await asWorker(`/api/v1/namespaces/${namespace}/configmaps`)).status,
    ).toBe(200);
    expect((await asWorker('/api/v1/nodes')).status).toBe(403);
    const refused = await target.send('GET', '/api/v1/nodes', undefined, {
      token,
      headers: { 'impersonate-user': 'admin' },
    });
    expect(refused.status).toBe(403);
  });

  it('end with the account', async () => {
    const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    await target.post(accounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'brief' },
    });
    const made: Body = (
      await target.post(`${accounts}/brief/token`, { spec: {} })
    ).body;
    const own = () =>
      target.send('GET', '/version', undefined, { token: made.status.token });
    expect((await own()).status).toBe(200);
    await target.delete(`${accounts}/brief`);
    await until(own, reply => reply.status === 401);
  }, 30_000);
});

describe('limits', () => {
  let target: Target;
  let namespace: string;

  const pod = (name: string, resources: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      containers: [{ name: 'web', image: 'registry.test/web:1', resources }],
    },
  });

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'limits');
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  it('of a LimitRange become the defaults of new Pods', async () => {
    await target.post(`/api/v1/namespaces/${namespace}/limitranges`, {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'defaults' },
      spec: {
        limits: [
          {
            type: 'Container',
            default: { cpu: '200m' },
            defaultRequest: { cpu: '100m', memory: '64Mi' },
            max: { cpu: '1' },
          },
        ],
      },
    });
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const made = await until(
      () => target.post(pods, pod(unique('plain'))),
      reply => reply.body.spec?.containers[0].resources.limits !== undefined,
    );
    expect(made.body.spec.containers[0].resources).toEqual({
      limits: { cpu: '200m' },
      requests: { cpu: '100m', memory: '64Mi' },
    });
    expect([made.body.spec.serviceAccountName, made.body.status]).toEqual([
      'default',
      { phase: 'Pending', qosClass: 'Burstable' },
    ]);
    const big = await target.post(pods, pod('big', { limits: { cpu: '2' } }));
    expect([big.status, big.body.message]).toEqual([
      403,
      expect.stringContaining(
        'maximum cpu usage per Container is 1, but limit is 2',
      ),
    ]);
  }, 30_000);

  it('of a ResourceQuota stop what would exceed them', async () => {
    const path = `/api/v1/namespaces/${namespace}`;
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'quota' },
      spec: {
        hard: { persistentvolumeclaims: '1', 'requests.storage': '2Gi' },
      },
    };
    await target.post(`${path}/resourcequotas`, quota);
    await until(
      () => target.get(`${path}/resourcequotas/quota`),
      reply => reply.body.status?.used !== undefined,
    );
    const claim = (name: string, storage: string) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage } },
      },
    });
    const large = await target.post(
      `${path}/persistentvolumeclaims`,
      claim('large', '3Gi'),
    );
    expect([large.status, large.body.message]).toEqual([
      403,
      'persistentvolumeclaims "large" is forbidden: exceeded quota: quota, requested: requests.storage=3Gi, used: requests.storage=0, limited: requests.storage=2Gi',
    ]);
    expect(
      (await target.post(`${path}/persistentvolumeclaims`, claim('one', '1Gi')))
        .status,
    ).toBe(201);
    await until(
      () => target.get(`${path}/resourcequotas/quota`),
      reply => reply.body.status.used['requests.storage'] === '1Gi',
    );
    const second = await target.post(
      `${path}/persistentvolumeclaims`,
      claim('two', '1Gi'),
    );
    expect([second.status, second.body.message]).toEqual([
      403,
      expect.stringContaining(
        'exceeded quota: quota, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=1, limited: persistentvolumeclaims=1',
      ),
    ]);
  }, 30_000);
});
