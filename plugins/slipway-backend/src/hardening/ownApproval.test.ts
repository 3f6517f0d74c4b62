import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { environmentClass } from '../__testUtils__/environmentClass';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, SERVICE } from './__testUtils__/requests';
import { sandboxConfig } from './__testUtils__/sandboxConfig';

const databases = createTestDatabases();

const MOVED = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: moved }
spec:
  organization: shop
  owner: group:default/payments
  lifecycle: production
  workloads:
    - name: web
      source: { repository: shop/moved, branch: main }
      image: { repository: registry.example.com/shop/moved }
      port: 8080
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - { name: staging, class: quick }
    - { name: production, class: careful, promoteFrom: staging }
`;
jest.setTimeout(120_000);

describe('an approval of one’s own wish', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'hub' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 500 },
    });
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      config: sandboxConfig(sandbox, repositories),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/classes')).body.items?.length > 0,
      60,
    );
  });
  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    await repositories?.remove();
  });

  it('is refused to whoever changed the spec last, also when somebody else merged it', async () => {
    const content = SERVICE('asked').replace(
      'name: staging\n      class: shared-staging',
      'name: live\n      class: production',
    );
    const { body: change } = await portal
      .as('priya')
      .post('/change-requests', openBody('asked', content));
    const merged = await portal
      .as('pavel')
      .post(`/change-requests/${change.id}/merge`, {
        headCommit: change.headCommit,
      });
    expect(merged.body.state).toBe('merged');

    const path = '/environments/shop/asked/live';
    const { approvalDigest: digest } = await portal.until(async () => {
      const { body } = await portal.as('priya').get(path);
      return body.phase === 'pending_approval' && body;
    }, 60);
    const approveOf = async (person: 'priya' | 'pavel') =>
      (await portal.as(person).get(path)).body.allowed.approve;
    expect(await approveOf('priya')).toEqual({
      allowed: false,
      reason: 'You asked for it; somebody else has to approve it.',
    });
    expect(await approveOf('pavel')).toEqual({ allowed: true });

    const own = await portal.as('priya').post(`${path}/approve`, { digest });
    expect([own.status, own.body.detail]).toEqual([
      403,
      'You asked for what shop/asked/live is to become; somebody else has to approve it.',
    ]);
    const other = await portal.as('pavel').post(`${path}/approve`, { digest });
    expect(other.status).toBe(202);
  });

  it('is refused to whoever asked for the release that waits for it', async () => {
    await repositories.commit(repositories.platform, {
      'classes/guarded.yaml': environmentClass(
        'guarded',
        'direct',
        '  approval: { required: true, count: 1, groups: [], on: every-release }\n',
      ),
      'organizations/shop/services/guarded.yaml': MOVED.replace(
        'name: moved',
        'name: guarded',
      ).replace('class: quick', 'class: guarded'),
    });
    const path = '/environments/shop/guarded/staging';
    const revision = 'e'.repeat(40);
    await portal.until(async () => {
      const { status } = await portal
        .as('priya')
        .post('/services/shop/guarded/revisions', { branch: 'main', revision });
      return status < 300;
    }, 60);
    const { approvalDigest: digest } = await portal.until(async () => {
      const { body } = await portal.as('priya').get(path);
      return (
        body.phase === 'pending_approval' &&
        body.gates?.[0]?.revision === revision &&
        body
      );
    }, 60);
    const own = await portal.as('priya').post(`${path}/approve`, { digest });
    expect([own.status, own.body.detail]).toEqual([
      403,
      'You asked for what shop/guarded/staging is to become; somebody else has to approve it.',
    ]);
    const other = await portal.as('pavel').post(`${path}/approve`, { digest });
    expect(other.status).toBe(202);
  });

  it('is refused to whoever brought somebody else’s open change request up to date', async () => {
    await repositories.commit(repositories.platform, {
      'classes/quick.yaml': environmentClass('quick', 'direct'),
      'classes/careful.yaml': environmentClass(
        'careful',
        'change-request',
        '  approval: { required: true, count: 1, groups: [], on: every-release }\n',
      ),
      'organizations/shop/services/moved.yaml': MOVED,
    });
    const at = '/environments/shop/moved';
    const [first, second] = ['a', 'b'].map(sign => sign.repeat(40));
    const runs = async (revision: string) => {
      await portal.until(async () => {
        const { status } = await portal
          .as('pavel')
          .post('/services/shop/moved/revisions', { branch: 'main', revision });
        return status < 300;
      }, 60);
      // Promoted is what runs in sync and healthy.
      await portal.until(async () => {
        const { body } = await portal
          .as('pavel')
          .get(`${at}/production/promotion`);
        return !body.blocked && body.release?.revision === revision;
      }, 120);
    };
    await runs(first);
    const promote = (person: 'priya' | 'pavel') =>
      portal.as(person).post(`${at}/production/promote`, {});
    const { body: asked } = await promote('pavel');
    const path = `/change-requests/${asked.id}`;
    await runs(second);
    expect((await promote('priya')).body.id).toBe(asked.id);

    const { body: change } = await portal.as('priya').get(path);
    expect(change.author).toBe('user:default/pavel');
    const reason = `You changed what change request #${change.number} brings; somebody else has to approve it.`;
    expect([change.allowed.approve, change.allowed.reasons.approve]).toEqual([
      false,
      reason,
    ]);
    const { headCommit } = change;
    const approve = (person: 'priya' | 'pavel' | 'dana') =>
      portal.as(person).post(`${path}/approve`, { headCommit });
    const own = await approve('priya');
    expect([own.status, own.body.detail]).toEqual([403, reason]);
    expect((await approve('pavel')).status).toBe(403);
    const early = await portal
      .as('priya')
      .post(`${path}/merge`, { headCommit });
    expect([early.status, early.body.detail]).toEqual([
      409,
      expect.stringContaining('needs 1 approval'),
    ]);
    const other = await approve('dana');
    expect([other.status, other.body.detail]).toEqual([200, undefined]);
    const merged = await portal
      .as('priya')
      .post(`${path}/merge`, { headCommit });
    expect([merged.status, merged.body.detail]).toEqual([200, undefined]);
  }, 300_000);

  it('counts for nothing else that the change request brings later', async () => {
    const at = '/environments/shop/moved';
    const third = 'c'.repeat(40);
    const { body: again } = await portal
      .as('pavel')
      .post('/services/shop/moved/revisions', {
        branch: 'main',
        revision: third,
      });
    expect(again.error).toBeUndefined();
    const wanted = (revision: string) =>
      portal.until(async () => {
        const { body } = await portal
          .as('pavel')
          .get(`${at}/production/promotion`);
        return !body.blocked && body.release?.revision === revision;
      }, 120);
    await wanted(third);
    const { body: asked } = await portal
      .as('pavel')
      .post(`${at}/production/promote`, {});
    const path = `/change-requests/${asked.id}`;
    const { body: before } = await portal.as('dana').get(path);
    const approved = await portal
      .as('dana')
      .post(`${path}/approve`, { headCommit: before.headCommit });
    expect(approved.body.allowed.merge).toBe(true);

    const fourth = 'd'.repeat(40);
    await portal.as('pavel').post('/services/shop/moved/revisions', {
      branch: 'main',
      revision: fourth,
    });
    await wanted(fourth);
    await portal.as('priya').post(`${at}/production/promote`, {});
    const { body: after } = await portal.as('dana').get(path);
    expect(after.headCommit).not.toBe(before.headCommit);
    const merged = await portal
      .as('priya')
      .post(`${path}/merge`, { headCommit: after.headCommit });
    expect([merged.status, merged.body.detail]).toEqual([
      409,
      expect.stringContaining('needs 1 approval'),
    ]);
  }, 300_000);
});
