import { createTestDatabases } from '../database/__testUtils__/databases';
import { Ground } from './__testUtils__/Ground';
import { PortalOnGround } from './__testUtils__/PortalOnGround';
import {
  killToRestart,
  type Restarted,
  until,
} from './__testUtils__/processes';

const databases = createTestDatabases();
const all = process.env.SLIPWAY_TEST_ALL === '1';
const onRealParts =
  process.env.SLIPWAY_TEST_CLUSTER_URL || all ? describe : describe.skip;

onRealParts('the card, when the API server', () => {
  let ground: Ground;
  let on: PortalOnGround;
  const restarted: Restarted[] = [];

  beforeAll(async () => {
    ground = await Ground.start({ clusters: 2 });
    ground.playArgoCD('near', 'far', 'second');
    on = await PortalOnGround.start({
      ground,
      db: await databases.empty('SQLITE_3'),
    });
    await ground.declare({ near: { cluster: 'hub' }, far: { cluster: 'eu' } });
    await on.isSynced('near');
    await on.isSynced('far');
  }, 180_000);

  afterEach(() => on.proxies.forEach(proxy => proxy.set({})));
  afterAll(async () => {
    await on?.stop();
    await Promise.all(restarted.map(it => it.stop()));
    await ground?.stop();
  }, 60_000);

  const service = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: 'shop--far--prod',
      labels: {
        'slipway.dev/organization': 'shop',
        'slipway.dev/service': 'far',
        'slipway.dev/environment': 'prod',
      },
    },
    spec: { ports: [{ port: 80 }] },
  });
  const add = (name: string) => ground.admin.client('eu').apply(service(name));
  const take = (name: string) =>
    ground.admin.client('eu').delete({
      apiVersion: 'v1',
      kind: 'Service',
      name,
      namespace: 'shop--far--prod',
    });

  /** The watches have brought what happened a moment ago. */
  async function isFollowed(name: string): Promise<void> {
    await add(name);
    await on.cardWhen('far', ({ objects }) =>
      objects.includes(`Service ${name}`),
    );
  }

  it('is frozen, says since when, leaves the other cluster alone, and goes on after the thaw', async () => {
    const before = await on.card('far');
    const pid = ground.cluster('eu').pids['kube-apiserver'];
    process.kill(pid, 'SIGSTOP');
    try {
      const began = Date.now();
      const away = await on.cardWhen(
        'far',
        ({ source }) => source.state === 'unreachable',
      );
      expect(away.source).toMatchObject({ name: 'eu' });
      expect(Date.parse(away.source.asOf!)).toBeLessThan(Date.now() - 1_500);
      expect(away.conditions.Healthy).toMatchObject({
        status: 'Unknown',
        reason: 'ClusterUnreachable',
        message: expect.stringMatching(
          /^The cluster 'eu' has not answered since 2.*last known: /,
        ),
      });
      // What was known is still shown.
      expect(away.objects).toEqual(before.objects);
      // Argo CD runs elsewhere, and is heard.
      expect(away.conditions.Synced.status).toBe('True');
      await ground.declare({
        near: { cluster: 'hub', replicas: 2 },
        far: { cluster: 'eu', replicas: 2 },
      });
      await on.cardWhen('near', ({ source }) => source.state === 'live');
      await until(async () => {
        const deployment = await ground.admin.client('hub').get({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
          namespace: 'shop--near--prod',
        });
        return (deployment?.spec as { replicas: number })?.replicas === 2;
      });
      const waits = (all ? 60_000 : 4_000) - (Date.now() - began);
      if (waits > 0) await new Promise(done => setTimeout(done, waits));
      expect((await on.card('far')).source.state).toBe('unreachable');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await on.isSynced('far', 90);
    await until(async () => {
      const deployment = await ground.admin.client('eu').get({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        namespace: 'shop--far--prod',
      });
      return (deployment?.spec as { replicas: number })?.replicas === 2;
    });
    await isFollowed('after-the-thaw');
  }, 240_000);

  it('is killed and started again, with etcd compacted meanwhile, misses nothing that happened while it could not look', async () => {
    const { pids } = ground.cluster('eu');
    await isFollowed('goes-away');
    // The watches are kept out, so that what happens now is history when they come back.
    on.proxies[1].set({
      answer: request =>
        request.url!.includes('watch=true') ? { status: 503 } : undefined,
    });
    on.proxies[1].cutWatches();
    await take('goes-away');
    await add('came-meanwhile');
    const { restart } = await killToRestart(
      pids['kube-apiserver'],
      ground.logFile('eu', 'kube-apiserver'),
    );
    const away = await on.cardWhen(
      'far',
      ({ source }) => source.state === 'unreachable',
    );
    expect(away.speaks).toMatchObject({
      status: 'Unknown',
      reason: 'ClusterUnreachable',
    });
    expect(away.source.message).toMatch(/eu/);
    await compact(ground.etcdUrl('eu'));
    restarted.push(restart());
    await until(() =>
      ground.admin
        .client('eu')
        .capabilities()
        .then(() => add('after-the-start'))
        .catch(() => undefined),
    );
    on.proxies[1].set({});
    const back = await on.cardWhen(
      'far',
      ({ objects, source }) =>
        source.state === 'live' &&
        objects.includes('Service came-meanwhile') &&
        objects.includes('Service after-the-start') &&
        !objects.includes('Service goes-away'),
      90,
    );
    expect(back.speaks?.reason).not.toBe('ClusterUnreachable');
    // The proof that the versions of before were forgotten.
    expect(on.proxies[1].watchesAnswered(410)).toBeGreaterThan(0);
  }, 180_000);

  it('cuts every watch after a second, is followed all the same, and is not called away', async () => {
    on.proxies[1].set({ cutWatchesAfterMs: 1_000 });
    on.proxies[1].cutWatches();
    for (let i = 0; i < (all ? 20 : 2); i++) {
      // Now right after a cut, now in the middle.
      await new Promise(done => setTimeout(done, 700));
      await isFollowed(`cut-${i}`);
      expect((await on.card('far')).source.state).not.toBe('unreachable');
      await take(`cut-${i}`);
      await on.cardWhen(
        'far',
        ({ objects }) => !objects.includes(`Service cut-${i}`),
      );
    }
  }, 180_000);

  it('has too much to do or fails, says what it answers, and is not asked in a frenzy', async () => {
    let asked = 0;
    on.proxies[1].set({
      answer: (_, count) => {
        asked++;
        return count % 2 === 0
          ? { status: 429, headers: { 'retry-after': '1' } }
          : { status: 500 };
      },
    });
    on.proxies[1].cutWatches();
    const began = Date.now();
    const away = await on.cardWhen(
      'far',
      ({ speaks, source }) =>
        source.state === 'unreachable' &&
        speaks?.reason === 'ClusterUnreachable' &&
        /^The cluster 'eu' can't be read since 2.*told to answer (429|500)/.test(
          speaks.message,
        ),
    );
    expect(away.speaks!.status).toBe('Unknown');
    await new Promise(done => setTimeout(done, 3_000));
    // Fifteen kinds and what the reconcilers want, each with a pause that grows.
    expect(asked / ((Date.now() - began) / 1_000)).toBeLessThan(60);
    on.proxies[1].set({});
    await on.isSynced('far');
    // Half of all answers are errors: it gets through.
    on.proxies[1].set({
      answer: (_, count) => (count % 2 === 0 ? { status: 503 } : undefined),
    });
    await isFollowed('through-errors');
  }, 120_000);

  it('does not accept the token any more, says so, and goes on with a renewed one without a restart', async () => {
    const client = ground.admin.client('eu');
    const account = { name: 'slipway-test', namespace: 'kube-system' };
    const serviceAccount = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: account,
    };
    await client.apply(serviceAccount);
    await client.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'slipway-test' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    });
    const token = () =>
      ground.cluster('eu').tokenFor(account.namespace, account.name);
    on.renewToken(1, await token());
    on.proxies[1].cutWatches();
    await isFollowed('by-the-first-token');
    // Its tokens end with the account, though not at once: the API server remembers them for a moment.
    await client.delete({ ...serviceAccount, ...account });
    await until(async () => {
      on.proxies[1].cutWatches();
      const { speaks } = await on.card('far');
      return speaks?.reason === 'CredentialsRefused';
    });
    const refused = await on.card('far');
    expect(refused.speaks).toMatchObject({
      status: 'Unknown',
      message: expect.stringMatching(
        /can't be read since 2.*does not accept Slipway's credentials.*renew the token/,
      ),
    });
    expect(refused.objects).toContain('Service by-the-first-token');
    await ground.declare({ far: { cluster: 'eu', replicas: 3 } });
    const stopped = await on.cardWhen(
      'far',
      ({ conditions }) =>
        conditions.Provisioned.reason === 'CredentialsRefused',
    );
    expect(stopped.phase).not.toBe('failed');

    await client.apply(serviceAccount);
    on.renewToken(1, await token());
    const back = await on.isSynced('far');
    expect(back.conditions.Provisioned.status).toBe('True');
    await isFollowed('by-the-second-token');
  }, 120_000);

  it('is gone for good beside one that is well, does not keep the other waiting', async () => {
    on.proxies[1].set({
      answer: request => {
        request.destroy();
        return { status: 500 };
      },
    });
    on.proxies[1].cutWatches();
    await on.cardWhen('far', ({ source }) => source.state === 'unreachable');
    const began = Date.now();
    await ground.declare({ second: { cluster: 'hub' } });
    const second = await on.isSynced('second');
    expect(second.source).toMatchObject({ name: 'hub', state: 'live' });
    expect(Date.now() - began).toBeLessThan(45_000);
    const { body } = await on.portal.as('priya').get('/clusters');
    expect(
      body.items.map((it: { name: string; age: { state: string } }) => [
        it.name,
        it.age.state,
      ]),
    ).toEqual([
      ['hub', 'live'],
      ['eu', 'unreachable'],
    ]);
    on.proxies[1].set({});
    await on.isSynced('far');
  }, 120_000);
});

/** Forgets every former version, as the API server itself does every five minutes. */
async function compact(etcd: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${etcd}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return answer.json() as Promise<{ header: { revision: string } }>;
  };
  const { header } = await post('/v3/kv/range', { key: 'AA==' });
  await post('/v3/kv/compaction', {
    revision: header.revision,
    physical: true,
  });
}
