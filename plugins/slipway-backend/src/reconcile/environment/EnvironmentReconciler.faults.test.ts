import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import type { TestClusters } from './__testUtils__/clusters';
import { sandboxClusters } from './__testUtils__/sandboxClusters';
import { World } from './__testUtils__/world';

const databases = createTestDatabases();

const arrived = ({ conditions }: EnvironmentRecord) =>
  conditions.find(({ type }) => type === 'Synced')?.status === 'True';
const speaks =
  (reason: string) =>
  ({ conditions }: EnvironmentRecord) =>
    conditions.find(({ status }) => status !== 'True')?.reason === reason;

describe('EnvironmentReconciler, when something is wrong', () => {
  let clusters: TestClusters;
  let world: World;
  let count = 0;
  const inEurope = [{ name: 'prod', class: 'open', cluster: 'eu' }];
  const onTheHub = [{ name: 'prod', class: 'open', cluster: 'hub' }];

  beforeAll(async () => {
    clusters = await sandboxClusters();
  });

  async function create(
    reconciler?: Parameters<typeof World.create>[0]['reconciler'],
  ) {
    world = await World.create({
      clusters,
      db: await databases.migrated('SQLITE_3'),
      organization: `fault${count++}`,
      reconciler,
    });
  }

  afterEach(async () => {
    clusters.sandbox!.faults.set({});
    await world?.close();
  });
  afterAll(() => clusters?.stop());

  /** Writes as somebody else would, past Slipway. */
  async function asSomebodyElse(
    cluster: string,
    path: string,
    body: object,
  ): Promise<void> {
    const { url, token } = clusters.configured.find(
      ({ info }) => info.name === cluster,
    )!.connection as unknown as {
      url: string;
      token: () => string;
    };
    const response = await fetch(
      `${url}${path}?fieldManager=somebody&force=true`,
      {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${token()}`,
          'content-type': 'application/apply-patch+yaml',
        },
        body: JSON.stringify(body),
      },
    );
    expect(response.status).toBe(200);
  }

  const quotaOf = (namespace: string, cpu: string) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'slipway', namespace },
    spec: { hard: { 'requests.cpu': cpu } },
  });

  it('puts the Application of another cluster on the hub, and the objects on that cluster', async () => {
    await create();
    await world.declareService('web', { environments: inEurope });
    const record = await world.settle('web', 'prod', arrived);
    expect(record.cluster).toBe('eu');
    const objects = await world.objects('web', 'prod');
    const on = (cluster: string) =>
      objects.filter(line => line.startsWith(`${cluster} `));
    expect(on('hub').map(line => /"kind":"(\w+)"/.exec(line)![1])).toEqual([
      'AppProject',
      'Application',
    ]);
    expect(on('eu').join('\n')).toContain('"kind":"Namespace"');
    expect(on('hub').join('\n')).toContain(
      '"destination":{"name":"eu","namespace":"ORG--web--prod"}',
    );
  });

  it('waits for a cluster that is away, while the others get on', async () => {
    await create();
    await world.declareService('web', { environments: inEurope });
    await world.settle('web', 'prod', arrived);
    clusters.sandbox!.faults.set({ freeze: true, cutWatches: true }, 'eu');
    await world.declareService('web', { environments: inEurope, replicas: 2 });
    await world.declareService('other', { environments: onTheHub });
    await world.settle('other', 'prod', arrived);
    const away = await world.settle(
      'web',
      'prod',
      speaks('ClusterUnreachable'),
    );
    expect(away.phase).toBe('reconciling');
    expect(
      away.conditions.find(({ type }) => type === 'Committed')!.status,
    ).toBe('True');
    expect(
      away.conditions.find(({ status }) => status !== 'True')!.message,
    ).toContain("'eu'");
    clusters.sandbox!.faults.set({}, 'eu');
    await world.settle(
      'web',
      'prod',
      record => arrived(record) && record.appliedGeneration === 2,
      { rounds: 200 },
    );
  });

  it('names the manager and the field when somebody else owns one, and takes nothing by force', async () => {
    await create();
    await world.declareService('web', { environments: inEurope });
    await world.settle('web', 'prod', arrived);
    const namespace = world.namespace('web', 'prod');
    const path = `/api/v1/namespaces/${namespace}/resourcequotas/slipway`;
    await asSomebodyElse('eu', path, quotaOf(namespace, '3'));
    world.clock.advance(3_600_000);
    const record = await world.settle('web', 'prod', speaks('FieldConflict'));
    expect(record.phase).toBe('failed');
    expect(world.condition(record, 'Provisioned')!.message).toContain(
      "belongs to 'somebody'",
    );
    const quota = await world.clusters
      .client('eu')
      .get({ ...quotaOf(namespace, ''), name: 'slipway', namespace });
    expect(quota!.spec).toMatchObject({ hard: { 'requests.cpu': '3' } });
  });

  it('makes a namespace again that somebody deleted', async () => {
    await create();
    await world.declareService('web', {
      environments: inEurope,
      database: false,
    });
    await world.settle('web', 'prod', arrived);
    const before = await world.objects('web', 'prod');
    const name = world.namespace('web', 'prod');
    await world.clusters
      .client('eu')
      .delete({ apiVersion: 'v1', kind: 'Namespace', name });
    await world.until(
      async () =>
        world.index.environment(world.key('web', 'prod')).objects.length === 0,
    );
    await world.stores.queue.mark([`environment:${world.key('web', 'prod')}`]);
    await world.run();
    await world.argocd.round('web');
    expect(await world.objects('web', 'prod')).toEqual(before);
  });

  it('writes to no cluster where others apply, and says what is missing', async () => {
    await create(() => ({ apply: 'gitops-only' }));
    await world.declareService('web', {
      environments: inEurope,
      database: false,
    });
    const waiting = await world.settle('web', 'prod', speaks('LeftToOthers'));
    expect(world.condition(waiting, 'Provisioned')!.message).toContain(
      `Namespace ${world.namespace('web', 'prod')}.`,
    );
    expect(await world.objects('web', 'prod')).toEqual([]);
    await world.applyFromGit('platform');
    await world.settle('web', 'prod', arrived);
    await world.removeService('web');
    const gone = await world.settle(
      'web',
      'prod',
      ({ phase }) => phase === 'deleted',
    );
    expect(gone.declared).toBe(false);
    expect(
      Object.keys(await world.tree()).filter(path => path.includes('/web/')),
    ).toEqual([]);
    expect(await world.objects('web', 'prod')).not.toEqual([]);
  });

  it('goes on with a removal where it was when the cluster went away', async () => {
    await create();
    await world.declareService('web', { environments: inEurope });
    await world.settle('web', 'prod', arrived);
    await world.removeService('web');
    clusters.sandbox!.faults.set({ freeze: true, cutWatches: true }, 'eu');
    const away = await world.settle(
      'web',
      'prod',
      speaks('ClusterUnreachable'),
    );
    expect(away.phase).toBe('deleting');
    expect(
      Object.keys(await world.tree()).filter(path => path.includes('/web/')),
    ).not.toEqual([]);
    clusters.sandbox!.faults.set({}, 'eu');
    await world.settle('web', 'prod', ({ phase }) => phase === 'deleted', {
      rounds: 200,
    });
    expect(await world.objects('web', 'prod')).toEqual([]);
  });

  it('touches nothing that took the name of what it is about to delete', async () => {
    await create();
    await world.declareService('web', {
      environments: onTheHub,
      database: false,
    });
    await world.settle('web', 'prod', arrived);
    const name = world.namespace('web', 'prod');
    const ref = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      name,
      namespace: 'argocd',
    };
    await world.clusters.client('hub').mergePatch(ref, {
      metadata: { labels: { 'slipway.dev/organization': 'somebody' } },
    });
    await world.removeService('web');
    await world.settle('web', 'prod', ({ phase }) => phase === 'deleted');
    expect(await world.clusters.client('hub').get(ref)).toBeDefined();
  });

  it('shows the last known state after a restart, until the watches have answered', async () => {
    await create();
    await world.declareService('web', { environments: onTheHub });
    const before = await world.settle('web', 'prod', arrived);
    await world.run();
    await world.restartWatches({ silent: true });
    await world.stores.queue.mark([`environment:${before.key}`]);
    await world.run();
    const after = await world.stores.environments.get(before.key);
    expect(after!.conditions).toEqual(before.conditions);
    expect(after!.summary).toMatchObject({
      live: { objects: expect.arrayContaining([expect.anything()]) },
    });
  });

  it('begins anew when it is declared again after its end', async () => {
    await create();
    await world.declareService('web', {
      environments: onTheHub,
      database: false,
    });
    await world.settle('web', 'prod', arrived);
    await world.removeService('web');
    await world.settle('web', 'prod', ({ phase }) => phase === 'deleted');
    await world.declareService('web', {
      environments: inEurope,
      database: false,
    });
    const again = await world.settle('web', 'prod', arrived);
    expect(again.cluster).toBe('eu');
    const told = await world.timeline('web', 'prod');
    expect(
      told.filter(line => line === 'Provisioned Provisioned: Provisioned'),
    ).toHaveLength(2);
  });

  it('removes nothing when its file was never recorded', async () => {
    await create();
    await world.declareService('web', {
      environments: onTheHub,
      database: false,
    });
    await world.settle('web', 'prod', arrived);
    const objects = await world.objects('web', 'prod');
    await world.forgetResources();
    const record = await world.settle(
      'web',
      'prod',
      speaks('SourceUnreadable'),
    );
    expect(record.phase).not.toBe('deleting');
    expect(await world.objects('web', 'prod')).toEqual(objects);
  });

  it('says that Git is away, and delivers when it is back', async () => {
    await create();
    await world.moveTheGitOpsRepository('away');
    await world.declareService('web', { environments: onTheHub });
    await world.settle('web', 'prod', speaks('GitUnavailable'));
    expect(await world.objects('web', 'prod')).toEqual([]);
    await world.moveTheGitOpsRepository('back');
    await world.settle('web', 'prod', arrived);
  });

  it('says where Argo CD has to be installed when it is missing', async () => {
    const bare = await sandboxClusters({ argocd: false });
    try {
      world = await World.create({
        clusters: bare,
        db: await databases.migrated('SQLITE_3'),
        organization: `fault${count++}`,
      });
      await world.declareService('web', { environments: onTheHub });
      const record = await world.settle('web', 'prod', speaks('ArgoCDMissing'));
      expect(world.condition(record, 'Provisioned')!.message).toContain(
        "The cluster 'hub' does not serve argoproj.io/v1alpha1",
      );
    } finally {
      await world.close();
      await bare.stop();
    }
  });
});
