import {
  Body,
  MERGE,
  Target,
  configMap,
  deployment,
  namespaceFor,
  unique,
  until,
} from './target';

describe('the end of objects', () => {
  let target: Target;
  let namespace: string;
  let maps: string;

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'end');
    maps = `/api/v1/namespaces/${namespace}/configmaps`;
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  const owned = (name: string, owner: Body, more: object = {}) =>
    configMap(
      name,
      {},
      {
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: owner.metadata.uid,
            ...more,
          },
        ],
      },
    );

  const gone = (path: string) =>
    until(
      () => target.get(path),
      reply => reply.status === 404,
    );

  it('waits for finalizers', async () => {
    await target.post(
      maps,
      configMap('held', { a: '1' }, { finalizers: ['conformance.test/hold'] }),
    );
    const deleted = await target.delete(`${maps}/held`);
    expect([deleted.status, deleted.body.kind]).toEqual([200, 'ConfigMap']);
    expect(deleted.body.metadata.deletionTimestamp).toBeDefined();
    const again = await target.delete(`${maps}/held`);
    expect(again.body.metadata.deletionTimestamp).toBe(
      deleted.body.metadata.deletionTimestamp,
    );
    const added = await target.patch(`${maps}/held`, MERGE, {
      metadata: {
        finalizers: ['conformance.test/hold', 'conformance.test/more'],
      },
    });
    expect([added.status, added.body.details.causes[0].field]).toEqual([
      422,
      'metadata.finalizers',
    ]);
    expect(
      (
        await target.patch(`${maps}/held`, MERGE, {
          metadata: { finalizers: null },
        })
      ).status,
    ).toBe(200);
    expect((await target.get(`${maps}/held`)).status).toBe(404);
  });

  it('takes what belongs to the object with it', async () => {
    const owner = (await target.post(maps, configMap('owner', {}))).body;
    await target.post(maps, owned('dependent', owner));
    await target.delete(`${maps}/owner`, { propagationPolicy: 'Background' });
    expect((await gone(`${maps}/dependent`)).status).toBe(404);
  }, 30_000);

  it('keeps what another owner still owns', async () => {
    const [one, two] = [
      (await target.post(maps, configMap('owner-1', {}))).body,
      (await target.post(maps, configMap('owner-2', {}))).body,
    ];
    const both = owned('shared', one);
    both.metadata = {
      ...both.metadata,
      ownerReferences: [one, two].map((each: Body) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: each.metadata.name,
        uid: each.metadata.uid,
      })),
    } as Body;
    await target.post(maps, both);
    await target.delete(`${maps}/owner-1`, { propagationPolicy: 'Background' });
    const { body } = await until(
      () => target.get(`${maps}/shared`),
      reply => reply.body.metadata?.ownerReferences?.length === 1,
    );
    expect(body.metadata.ownerReferences[0].name).toBe('owner-2');
  }, 30_000);

  it('leaves dependents alone when they are orphaned', async () => {
    const owner = (await target.post(maps, configMap('parent', {}))).body;
    await target.post(maps, owned('orphan', owner));
    const { body } = await target.delete(`${maps}/parent`, {
      propagationPolicy: 'Orphan',
    });
    expect(body.metadata.finalizers).toEqual(['orphan']);
    await gone(`${maps}/parent`);
    const left = await target.get(`${maps}/orphan`);
    expect([left.status, left.body.metadata.ownerReferences]).toEqual([
      200,
      undefined,
    ]);
  }, 30_000);

  it('waits for dependents in the foreground', async () => {
    const owner = (await target.post(maps, configMap('front', {}))).body;
    const blocked = owned('blocking', owner, { blockOwnerDeletion: true });
    blocked.metadata = {
      ...blocked.metadata,
      finalizers: ['conformance.test/hold'],
    } as Body;
    await target.post(maps, blocked);
    const { body } = await target.delete(`${maps}/front`, {
      propagationPolicy: 'Foreground',
    });
    expect(body.metadata.finalizers).toEqual(['foregroundDeletion']);
    await until(
      () => target.get(`${maps}/blocking`),
      reply => Boolean(reply.body.metadata?.deletionTimestamp),
    );
    expect((await target.get(`${maps}/front`)).status).toBe(200);
    await target.patch(`${maps}/blocking`, MERGE, {
      metadata: { finalizers: null },
    });
    await gone(`${maps}/front`);
  }, 30_000);

  it('of a claim waits for the Pod that uses it', async () => {
    const core = `/api/v1/namespaces/${namespace}`;
    await target.post(`${core}/persistentvolumeclaims`, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'none',
        resources: { requests: { storage: '1Gi' } },
      },
    });
    await target.post(`${core}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'user' },
      spec: {
        schedulerName: 'nobody',
        containers: [{ name: 'main', image: 'registry.test/main:1' }],
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
        ],
      },
    });
    const { body } = await target.delete(`${core}/persistentvolumeclaims/data`);
    expect(body.metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      finalizers: ['kubernetes.io/pvc-protection'],
    });
    await target.delete(`${core}/pods/user`, { gracePeriodSeconds: 0 });
    const after = await gone(`${core}/persistentvolumeclaims/data`);
    expect(after.status).toBe(404);
  }, 30_000);

  it('of an owner that never was takes the dependent', async () => {
    const ghost = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'ghost', uid: '11111111-1111-1111-1111-111111111111' },
    };
    await target.post(maps, owned('haunted', ghost));
    expect((await gone(`${maps}/haunted`)).status).toBe(404);
  }, 30_000);

  it('of a Deployment takes its ReplicaSet', async () => {
    const path = `/apis/apps/v1/namespaces/${namespace}`;
    await target.post(`${path}/deployments`, deployment('web'));
    const sets = () =>
      target.get(`${path}/replicasets`, { labelSelector: 'app=web' });
    const { body } = await until(sets, reply => reply.body.items.length === 1);
    expect(body.items[0].metadata.ownerReferences[0]).toMatchObject({
      kind: 'Deployment',
      name: 'web',
      controller: true,
    });
    await target.delete(`${path}/deployments/web`, {
      propagationPolicy: 'Foreground',
    });
    await until(sets, reply => reply.body.items.length === 0);
    await gone(`${path}/deployments/web`);
  }, 30_000);

  it('of a namespace takes its contents, and takes no new ones meanwhile', async () => {
    const name = unique('conf-doomed');
    const path = `/api/v1/namespaces/${name}`;
    const made = await target.post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    expect(made.body).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': name } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    await target.post(
      `${path}/configmaps`,
      configMap('held', {}, { finalizers: ['conformance.test/hold'] }),
    );
    await target.post(`${path}/configmaps`, configMap('plain', {}));
    const deleted = await target.delete(path);
    expect(deleted.body).toMatchObject({
      kind: 'Namespace',
      status: { phase: 'Terminating' },
    });
    await gone(`${path}/configmaps/plain`);
    const late = await target.post(`${path}/configmaps`, configMap('late', {}));
    expect([late.status, late.body.reason]).toEqual([403, 'Forbidden']);
    expect(late.body.message).toContain(
      `unable to create new content in namespace ${name} because it is being terminated`,
    );
    expect((await target.get(path)).body.status.phase).toBe('Terminating');
    await target.patch(`${path}/configmaps/held`, MERGE, {
      metadata: { finalizers: null },
    });
    await gone(path);
  }, 60_000);
});
