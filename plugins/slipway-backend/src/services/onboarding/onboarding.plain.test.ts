import { createTestDatabases } from '../../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';
import { LEGACY_FILES } from './__testUtils__/onboardingBehaviour';

const databases = createTestDatabases();

const BINDING = `apiVersion: slipway.dev/v1alpha1
kind: RepoBinding
metadata: { name: legacy, namespace: org-shop }
spec:
  organization: shop
  repository: { owner: shop, name: legacy, branch: main }
  pipeline: { name: legacy, template: node }
`;

describe('onboarding from plain Git, over HTTP', () => {
  jest.setTimeout(120_000);
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    repositories = await createTestRepositories();
    const legacy = `${repositories.code}/shop/legacy.git`;
    await repositories.git(
      repositories.root,
      ...['clone', '-q', '--bare', repositories.gitops, legacy],
    );
    await repositories.commit(legacy, LEGACY_FILES);
    portal = await startTestPortal({
      repositories,
      db: await databases.migrated('SQLITE_3'),
      slipway: { webhooks: { key: 'k'.repeat(40) } },
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/organizations')).body.items?.length > 0,
    );
  });
  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  it('finds what the organization has on disk, and offers a first spec of it', async () => {
    const found = await portal
      .as('dana')
      .get('/repositories?organization=shop&text=leg');
    expect(found.status).toBe(200);
    expect(found.body.items).toMatchObject([
      { owner: 'shop', name: 'legacy', integration: 'plain' },
    ]);
    const { status, body } = await portal
      .as('dana')
      .post('/onboarding/preview', {
        organization: 'shop',
        service: 'legacy',
        repository: { owner: 'shop', name: 'legacy' },
      });
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: 'kubernetes', branch: 'main' });
    expect(body.workloads).toMatchObject([{ name: 'web' }]);
    expect(body.webhook).toMatchObject({
      installs: false,
      message: expect.stringContaining('plain Git has none'),
    });
  });

  it('looks nowhere else, whatever the repository is called', async () => {
    for (const owner of ['..', 'shop/..', 'shop/../..']) {
      const { status } = await portal.as('dana').post('/onboarding/preview', {
        organization: 'shop',
        service: 'legacy',
        repository: { owner, name: 'gitops' },
      });
      expect(status).toBe(400);
    }
  });

  it('polls what is bound, and says so', async () => {
    await repositories.commit(repositories.platform, {
      'organizations/shop/bindings/legacy.yaml': BINDING,
    });
    const bindings = async () =>
      (await portal.as('dana').get('/organizations/shop/bindings')).body.items;
    await portal.until(async () => (await bindings()).length > 0);
    const [binding] = await bindings();
    expect(binding).toMatchObject({
      conditions: [{ reason: 'PollingUsed' }],
      ping: { allowed: false },
    });
    // A folder has no page.
    expect(binding.repository).not.toHaveProperty('page');
  });
});
