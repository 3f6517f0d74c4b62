import { createTestDatabases } from '../../database/__testUtils__/databases';
import { sandboxConfig } from '../../hardening/__testUtils__/sandboxConfig';
import { HttpClusters } from '../../kubernetes';
import { sandboxClusters } from '../../reconcile/environment/__testUtils__/sandboxClusters';
import type { TestClusters } from '../../reconcile/environment/__testUtils__/clusters';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
jest.setTimeout(120_000);

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', name: 'shop-live' };
const APPLICATION = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  name: 'live',
  namespace: 'argocd',
};
const REQUEST = {
  cluster: 'hub',
  namespace: 'shop-live',
  organization: 'shop',
  service: 'frontend',
  environment: 'live',
  class: 'loose',
};
const GRANT = {
  cluster: 'hub',
  namespace: 'shop-live',
  organization: 'shop',
};
const CLASS = `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: loose }
spec:
  description: For what was made by hand.
  quota: small
  cost: { base: { cents: 100, currency: EUR } }
`;

describe('adoptions, over HTTP', () => {
  let clusters: TestClusters;
  let direct: HttpClusters;
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    clusters = await sandboxClusters();
    direct = HttpClusters.create({ clusters: clusters.configured });
    const hub = direct.client('hub');
    await hub.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop-live' },
    });
    await hub.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'shop-live' },
      data: { THEME: 'dark' },
    });
    await hub.apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'live', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: { repoURL: 'https://git.example.com/red.git', path: '.' },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'shop-live',
        },
      },
    });
    await hub.mergePatch(
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        name: 'live',
        namespace: 'argocd',
      },
      {
        status: {
          resources: [{ version: 'v1', kind: 'ConfigMap', name: 'settings' }],
        },
      },
    );
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      'classes/loose.yaml': CLASS,
    });
    portal = await startTestPortal({
      repositories,
      db: await databases.migrated('SQLITE_3'),
      config: sandboxConfig(clusters.sandbox!, repositories),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/organizations')).body.items?.length > 0,
    );
  });
  afterAll(async () => {
    await portal?.stop();
    direct?.close();
    await clusters?.stop();
    await repositories?.remove();
  });

  const released = async () =>
    (await direct.client('hub').get(NAMESPACE))?.metadata.annotations?.[
      'slipway.dev/adoptable-by'
    ];

  it.each(['dana', 'guest'] as const)(
    'lets %s neither look into a namespace nor release one',
    async person => {
      for (const [path, body] of [
        ['/adoptions/preview', REQUEST],
        ['/adoptions', GRANT],
      ] as const) {
        const { status } = await portal.as(person).post(path, body);
        expect(status).toBe(403);
      }
      const list = await portal.as(person).get('/adoptions/candidates');
      expect(list.status).toBe(403);
      expect(await released()).toBeUndefined();
    },
  );

  it('lists to the platform team what is not under Slipway, and where it delivers to', async () => {
    const { status, body } = await portal
      .as('priya')
      .get('/adoptions/candidates');
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          cluster: 'hub',
          namespace: 'shop-live',
          application: 'live',
          repository: 'https://git.example.com/red.git',
          path: '.',
        },
      ],
      unavailable: expect.any(Array),
    });
    // An Application of Slipway's own is none of them.
    await direct.client('hub').mergePatch(APPLICATION, {
      metadata: {
        labels: {
          'app.kubernetes.io/managed-by': 'slipway',
          'slipway.dev/organization': 'shop',
        },
      },
    });
    const after = await portal.as('priya').get('/adoptions/candidates');
    expect(after.body.items).toEqual([]);
    await direct.client('hub').mergePatch(APPLICATION, {
      metadata: {
        labels: {
          'app.kubernetes.io/managed-by': null,
          'slipway.dev/organization': null,
        },
      },
    });
  });

  it('proposes to the platform team the spec of what is there, and says that it isn’t released', async () => {
    const { status, body } = await portal
      .as('priya')
      .post('/adoptions/preview', REQUEST);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      path: 'organizations/shop/services/frontend.yaml',
      namespace: 'shop-live',
      application: 'live',
      objects: [{ kind: 'ConfigMap', name: 'settings', as: 'kept' }],
    });
    expect(body).not.toHaveProperty('releasedTo');
    expect(body.content).toContain('namespace: shop-live');
    expect(
      body.plan.environments[0].verdicts.map(
        ({ message }: { message: string }) => message,
      ),
    ).toContain("Namespace shop-live isn't released to organization shop.");
  });

  it('releases a namespace once, and writes down who did', async () => {
    const { status, body } = await portal.as('priya').post('/adoptions', GRANT);
    expect([status, body]).toEqual([200, GRANT]);
    expect(await released()).toBe('shop');
    const version = async () =>
      (await direct.client('hub').get(NAMESPACE))?.metadata.resourceVersion;
    const before = await version();
    await portal.as('priya').post('/adoptions', GRANT);
    expect(await version()).toBe(before);
    expect(portal.audit).toContainEqual({
      eventId: 'adoption-grant',
      status: 'succeeded',
      meta: GRANT,
    });
    expect(portal.audit).toContainEqual({
      eventId: 'adoption-grant',
      status: 'failed',
      meta: GRANT,
    });
  });

  it('says so in a plan of the change, which anybody may ask for', async () => {
    const preview = await portal
      .as('priya')
      .post('/adoptions/preview', REQUEST);
    const { path, content } = preview.body;
    const { status, body } = await portal
      .as('dana')
      .post('/plans', { files: [{ path, content }] });
    expect(status).toBe(200);
    const denied = body.environments[0].verdicts.filter(
      ({ result }: { result: string }) => result === 'deny',
    );
    expect(denied).toEqual([]);
  });

  it.each([
    [404, 'another cluster', { cluster: 'moon' }, 'There is no cluster'],
    [404, 'no namespace', { namespace: 'nothing' }, 'There is no namespace'],
    [404, 'no Application', { application: 'nothing' }, 'no Argo CD Appl'],
    [400, 'no organization', { organization: 'nobody' }, 'no valid organiz'],
    [400, 'no class', { class: 'nothing' }, 'class nothing is not there'],
    [400, 'no name', { service: '../etc' }, ''],
  ])('answers %d to %s', async (expected, _, change, detail) => {
    const { status, body } = await portal
      .as('priya')
      .post('/adoptions/preview', { ...REQUEST, ...change });
    expect([status, body.detail]).toEqual([
      expected,
      expect.stringContaining(detail),
    ]);
  });

  it('releases nothing that Slipway manages', async () => {
    await direct.client('hub').apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'bank--ledger--prod',
        labels: {
          'app.kubernetes.io/managed-by': 'slipway',
          'slipway.dev/organization': 'bank',
        },
      },
    });
    const { status, body } = await portal
      .as('priya')
      .post('/adoptions', { ...GRANT, namespace: 'bank--ledger--prod' });
    expect([status, body.detail]).toEqual([
      409,
      expect.stringContaining("belongs to organization 'bank'"),
    ]);
  });
});
