import {
  Body,
  MERGE,
  Target,
  configMap,
  deployment,
  until,
} from '../../../conformance/target';
import { TestRepository } from '../../../conformance/git';
import { Sandbox, startSandbox } from '../..';

const APPS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const PROJECTS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects';

describe('the stand-in for Argo CD', () => {
  let sandbox: Sandbox;
  let hub: Target;
  let spoke: Target;
  let repository: TestRepository;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'hub' }, { name: 'spoke' }],
      timings: { podStartMs: 50, podStopMs: 20, argoPollMs: 300 },
    });
    [hub, spoke] = sandbox.clusters.map(one => Target.to(one.url, one.token));
  });

  afterAll(() => sandbox.stop());

  beforeEach(() => {
    repository = new TestRepository();
  });

  afterEach(async () => {
    for (const app of (await hub.get(APPS)).body.items) {
      await hub.delete(`${APPS}/${app.metadata.name}`);
    }
    repository.remove();
  });

  let counter = 0;
  const application = (spec: Body = {}, metadata: Body = {}) => {
    counter += 1;
    const { destination, source, ...rest } = spec;
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: `app-${counter}`, namespace: 'argocd', ...metadata },
      spec: {
        project: 'default',
        source: {
          repoURL: repository.folder,
          path: 'shop',
          targetRevision: 'main',
          ...source,
        },
        destination: {
          name: 'in-cluster',
          namespace: `shop-${counter}`,
          ...destination,
        },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['CreateNamespace=true'],
        },
        ...rest,
      },
    };
  };

  const make = async (app: Body) => {
    const made = await hub.post(APPS, app);
    expect(made.status).toBe(201);
    return {
      path: `${APPS}/${app.metadata.name}`,
      namespace: app.spec.destination.namespace as string,
    };
  };

  const reaches = (path: string, sync: string, health?: string) =>
    until(
      () => hub.get(path),
      ({ body }) =>
        body.status?.sync?.status === sync &&
        (!health || body.status.health?.status === health),
    );

  it('brings what is in Git to the cluster and tells sync, health, history and resources', async () => {
    const commit = repository.commit({
      'shop/web.json': deployment('web', undefined, { replicas: 2 }),
      'shop/map.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n',
    });
    const { path, namespace } = await make(application());
    const { body } = await reaches(path, 'Synced', 'Healthy');
    expect(body.status).toMatchObject({
      sync: { status: 'Synced', revision: commit },
      operationState: {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        syncResult: { revision: commit },
      },
      history: [{ id: 0, revision: commit }],
      resources: [
        {
          kind: 'ConfigMap',
          name: 'settings',
          namespace,
          status: 'Synced',
          version: 'v1',
        },
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'web',
          namespace,
          status: 'Synced',
          health: { status: 'Healthy' },
        },
      ],
      summary: { images: ['registry.test/web:1'] },
      sourceType: 'Directory',
    });
    expect(body.status.reconciledAt).toBeDefined();
    const live = await hub.get(
      `/apis/apps/v1/namespaces/${namespace}/deployments/web`,
    );
    expect(
      live.body.metadata.annotations['argocd.argoproj.io/tracking-id'],
    ).toBe(`${body.metadata.name}:apps/Deployment:${namespace}/web`);
  });

  it('follows a new commit when it is asked to refresh, and takes the wish away', async () => {
    repository.commit({ 'shop/map.json': configMap('settings', { a: '1' }) });
    const { path, namespace } = await make(application());
    await reaches(path, 'Synced');
    const commit = repository.commit({
      'shop/map.json': configMap('settings', { a: '2' }),
    });
    await hub.patch(path, MERGE, {
      metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
    });
    const { body } = await until(
      () => hub.get(path),
      reply =>
        reply.body.status.sync.revision === commit &&
        reply.body.status.sync.status === 'Synced' &&
        !reply.body.metadata.annotations,
    );
    expect(
      (await hub.get(`/api/v1/namespaces/${namespace}/configmaps/settings`))
        .body.data,
    ).toEqual({ a: '2' });
    expect(body.status.history).toHaveLength(2);
  });

  it('removes what left Git', async () => {
    repository.commit({
      'shop/a.json': configMap('a', {}),
      'shop/b.json': configMap('b', {}),
    });
    const { path, namespace } = await make(application());
    await reaches(path, 'Synced');
    repository.commit({ 'shop/b.json': undefined });
    await until(
      () => hub.get(`/api/v1/namespaces/${namespace}/configmaps/b`),
      reply => reply.status === 404,
    );
    const { body } = await reaches(path, 'Synced');
    expect(body.status.resources.map((one: Body) => one.name)).toEqual(['a']);
  });

  it('puts back what somebody changed by hand', async () => {
    repository.commit({ 'shop/a.json': configMap('a', { key: 'git' }) });
    const { path, namespace } = await make(application());
    await reaches(path, 'Synced');
    const map = `/api/v1/namespaces/${namespace}/configmaps/a`;
    await hub.patch(map, MERGE, { data: { key: 'hand' } });
    await until(
      () => hub.get(map),
      reply => reply.body.data.key === 'git',
    );
    await hub.delete(map);
    const healed = await until(
      () => hub.get(map),
      reply => reply.status === 200,
    );
    expect(healed.body.data).toEqual({ key: 'git' });
  }, 15_000);

  it('waits without a policy until it is told to sync', async () => {
    const commit = repository.commit({ 'shop/a.json': configMap('a', {}) });
    const { path, namespace } = await make(
      application({ syncPolicy: { syncOptions: ['CreateNamespace=true'] } }),
    );
    await reaches(path, 'OutOfSync', 'Missing');
    expect((await hub.get(`/api/v1/namespaces/${namespace}`)).status).toBe(404);
    await hub.patch(path, MERGE, {
      operation: {
        initiatedBy: { username: 'ada' },
        sync: { revision: commit },
      },
    });
    const { body } = await reaches(path, 'Synced');
    expect(body.operation).toBeUndefined();
    expect(body.status.operationState).toMatchObject({
      phase: 'Succeeded',
      operation: { initiatedBy: { username: 'ada' } },
    });
  });

  it('shows drift and leaves it without self-heal until a commit changes its path', async () => {
    repository.commit({ 'shop/a.json': configMap('a', { key: 'git' }) });
    const app = application({
      syncPolicy: { automated: {}, syncOptions: ['CreateNamespace=true'] },
    });
    app.metadata.annotations = {
      'argocd.argoproj.io/manifest-generate-paths': '.',
    };
    const { path, namespace } = await make(app);
    await reaches(path, 'Synced');
    const map = `/api/v1/namespaces/${namespace}/configmaps/a`;
    const key = async () => (await hub.get(map)).body.data.key;
    await hub.patch(map, MERGE, { data: { key: 'hand' } });
    await reaches(path, 'OutOfSync');

    const other = repository.commit({
      'other/b.json': configMap('b', { key: 'git' }),
    });
    const { body } = await until(
      () => hub.get(path),
      reply => reply.body.status.sync.revision === other,
    );
    expect(body.status.sync.status).toBe('OutOfSync');
    expect(await key()).toBe('hand');

    repository.commit({ 'shop/a.json': configMap('a', { key: 'newer' }) });
    await reaches(path, 'Synced');
    expect(await key()).toBe('newer');
  });

  it('deploys to another cluster by name and by address', async () => {
    repository.commit({ 'shop/a.json': configMap('a', {}) });
    const byName = await make(application({ destination: { name: 'spoke' } }));
    await reaches(byName.path, 'Synced');
    expect(
      (await spoke.get(`/api/v1/namespaces/${byName.namespace}/configmaps/a`))
        .status,
    ).toBe(200);
    expect(
      (await hub.get(`/api/v1/namespaces/${byName.namespace}/configmaps/a`))
        .status,
    ).toBe(404);
    const byAddress = application({
      destination: { server: sandbox.clusters[1].url },
    });
    delete byAddress.spec.destination.name;
    const other = await make(byAddress);
    await reaches(other.path, 'Synced');
    expect(
      (await spoke.get(`/api/v1/namespaces/${other.namespace}/configmaps/a`))
        .status,
    ).toBe(200);
  });

  it('holds an Application to its project', async () => {
    repository.commit({
      'shop/a.json': {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'q' },
        spec: { hard: { pods: '1' } },
      },
      'shop/b.json': configMap('b', {}),
    });
    const project = (name: string, spec: object) =>
      hub.post(PROJECTS, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name },
        spec,
      });
    await project('narrow', {
      sourceRepos: [repository.folder],
      destinations: [{ server: '*', namespace: 'shop-*' }],
      namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    });
    const kinds = await make(application({ project: 'narrow' }));
    const refused = await until(
      () => hub.get(kinds.path),
      reply => reply.body.status?.operationState?.phase === 'Failed',
    );
    expect(refused.body.status.operationState.syncResult.resources).toEqual([
      expect.objectContaining({
        kind: 'ResourceQuota',
        status: 'SyncFailed',
        message: 'resource :ResourceQuota is not permitted in project narrow.',
      }),
    ]);
    expect(
      (await hub.get(`/api/v1/namespaces/${kinds.namespace}`)).status,
    ).toBe(404);
    const place = await make(
      application({
        project: 'narrow',
        destination: { namespace: 'elsewhere' },
      }),
    );
    const wrongPlace = await until(
      () => hub.get(place.path),
      reply => reply.body.status?.conditions?.[0]?.type === 'InvalidSpecError',
    );
    expect(wrongPlace.body.status.conditions[0].message).toContain(
      'do not match any of the allowed destinations',
    );
    await project('closed', {
      sourceRepos: ['https://git.test/*'],
      destinations: [{ server: '*', namespace: '*' }],
    });
    const source = await make(application({ project: 'closed' }));
    const wrongSource = await until(
      () => hub.get(source.path),
      reply => reply.body.status?.conditions?.[0]?.type === 'InvalidSpecError',
    );
    expect(wrongSource.body.status.conditions[0].message).toContain(
      'is not permitted in project',
    );
  });

  it.each<[string, Body, string]>([
    [
      'a revision that is not there',
      { source: { targetRevision: 'nowhere' } },
      "Unable to resolve 'nowhere' to a commit SHA",
    ],
    [
      'a path that is not there',
      { source: { path: 'nothing' } },
      'nothing: app path does not exist',
    ],
    [
      'a path that leads out',
      { source: { path: '../../etc' } },
      'leads out of the repository',
    ],
    [
      'a repository that is not there',
      { source: { repoURL: '/no/such/repository' } },
      'repository /no/such/repository not found',
    ],
    ['a chart', { source: { helm: {} } }, 'spec.source.helm is not supported'],
  ])('tells of %s', async (_, spec, message) => {
    repository.commit({ 'shop/a.json': configMap('a', {}) });
    const { path } = await make(application(spec));
    const { body } = await until(
      () => hub.get(path),
      reply => reply.body.status?.conditions?.length > 0,
    );
    expect(body.status.conditions[0]).toMatchObject({
      type: 'ComparisonError',
      message: expect.stringContaining(message),
    });
    expect(body.status.sync.status).toBe('Unknown');
  });

  it('tells of a broken manifest, and recovers when it is mended', async () => {
    repository.commit({ 'shop/a.yaml': 'a: [1\n' });
    const { path } = await make(application());
    const { body } = await until(
      () => hub.get(path),
      reply => reply.body.status?.conditions?.length > 0,
    );
    expect(body.status.conditions[0].message).toContain('shop/a.yaml: ');
    repository.commit({ 'shop/a.yaml': JSON.stringify(configMap('a', {})) });
    const mended = await reaches(path, 'Synced');
    expect(mended.body.status.conditions).toBeUndefined();
  });

  it('reads folders below only when it is told to', async () => {
    repository.commit({
      'shop/a.json': configMap('a', {}),
      'shop/deep/b.json': configMap('b', {}),
    });
    const flat = await make(application());
    expect(
      (await reaches(flat.path, 'Synced')).body.status.resources.map(
        (one: Body) => one.name,
      ),
    ).toEqual(['a']);
    const deep = await make(
      application({ source: { directory: { recurse: true } } }),
    );
    expect(
      (await reaches(deep.path, 'Synced')).body.status.resources.map(
        (one: Body) => one.name,
      ),
    ).toEqual(['a', 'b']);
  });

  it('tries a failed sync again, and counts', async () => {
    const missing = {
      apiVersion: 'example.test/v1',
      kind: 'Late',
      metadata: { name: 'one' },
    };
    repository.commit({ 'shop/a.json': missing });
    const retry = { limit: 2, backoff: { duration: '1s', factor: 1 } };
    const { path } = await make(
      application({
        syncPolicy: {
          automated: {},
          retry,
          syncOptions: ['CreateNamespace=true'],
        },
      }),
    );
    const { body } = await until(
      () => hub.get(path),
      reply => reply.body.status?.operationState?.retryCount === 2,
    );
    expect(body.status.operationState).toMatchObject({
      phase: 'Failed',
      syncResult: {
        resources: [
          expect.objectContaining({
            message: expect.stringContaining(
              'could not find example.test/Late',
            ),
          }),
        ],
      },
    });
  }, 20_000);

  it('takes everything with it when the Application with its finalizer is deleted', async () => {
    repository.commit({
      'shop/web.json': deployment('web', undefined, { replicas: 1 }),
      'shop/a.json': configMap('a', {}),
    });
    const { path, namespace } = await make(
      application(
        {},
        { finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      ),
    );
    await reaches(path, 'Synced', 'Healthy');
    await hub.delete(path);
    await until(
      () => hub.get(path),
      reply => reply.status === 404,
    );
    expect(
      (await hub.get(`/api/v1/namespaces/${namespace}/configmaps/a`)).status,
    ).toBe(404);
    expect(
      (await hub.get(`/apis/apps/v1/namespaces/${namespace}/deployments/web`))
        .status,
    ).toBe(404);
  });

  it('leaves everything when the Application without a finalizer is deleted', async () => {
    repository.commit({ 'shop/a.json': configMap('a', {}) });
    const { path, namespace } = await make(application());
    await reaches(path, 'Synced');
    await hub.delete(path);
    expect(
      (await hub.get(`/api/v1/namespaces/${namespace}/configmaps/a`)).status,
    ).toBe(200);
  });

  it('writes nothing when nothing happens', async () => {
    repository.commit({ 'shop/a.json': configMap('a', {}) });
    const { path } = await make(application());
    const before = (await reaches(path, 'Synced')).body.metadata
      .resourceVersion;
    await new Promise(done => setTimeout(done, 1000));
    expect((await hub.get(path)).body.metadata.resourceVersion).toBe(before);
  });

  it('leaves alone what the Application says to ignore', async () => {
    repository.commit({
      'shop/web.json': deployment('web', undefined, { replicas: 1 }),
    });
    const ignoreDifferences = [
      { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] },
    ];
    const { path, namespace } = await make(application({ ignoreDifferences }));
    await reaches(path, 'Synced');
    await hub.patch(
      `/apis/apps/v1/namespaces/${namespace}/deployments/web`,
      MERGE,
      { spec: { replicas: 3 } },
    );
    await new Promise(done => setTimeout(done, 500));
    expect((await hub.get(path)).body.status.sync.status).toBe('Synced');
  });
});
