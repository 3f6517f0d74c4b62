import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, SERVICE } from './__testUtils__/requests';
import { sandboxConfig } from './__testUtils__/sandboxConfig';

const databases = createTestDatabases();
jest.setTimeout(120_000);

describe('an approval of one’s own wish', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox({ clusters: [{ name: 'hub' }] });
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
});
