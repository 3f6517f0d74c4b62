import { Knex } from 'knex';
import {
  createTestDatabases,
  DATABASES,
} from '../../database/__testUtils__/databases';
import { createStores } from '../../database/createStores';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const CHECKOUT = 'organizations/shop/services/checkout.yaml';

describe.each(DATABASES)('the fleet on %s', databaseId => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;
  let db: Knex;

  const stores = () =>
    createStores({
      db,
      queue: {
        leaseMs: 1_000,
        maxAttempts: 3,
        backoff: { baseMs: 1, maxMs: 1 },
      },
    });

  /** As the reconciler would, whatever it does meanwhile. */
  const summarize = (key: string, summary: object) =>
    portal.until(async () => {
      const { environments } = stores();
      const now = (await environments.get(key))!;
      return environments
        .save(key, now.revision, { summary: { ...now.summary, ...summary } })
        .catch(() => undefined);
    });

  beforeAll(async () => {
    repositories = await createTestRepositories();
    db = await databases.empty(databaseId);
    portal = await startTestPortal({ repositories, db });
    await portal.until(async () => {
      const { body } = await portal.as('priya').get('/environments');
      return body.items?.length === 4;
    });
    // No cluster answers here, so nothing gets planned: what a plan would have left is written instead.
    await summarize('shop/checkout/staging', {
      owner: 'group:default/payments',
      cost: { cents: 1190, currency: 'EUR' },
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  it('sums up the fleet, and counts each environment once', async () => {
    const { status, body } = await portal.as('priya').get('/overview');
    expect(status).toBe(200);
    const list = await portal.as('priya').get('/environments');
    const counted = body.states
      .filter((s: { state: string }) => s.state !== 'drifted')
      .reduce((n: number, s: { count: number }) => n + s.count, 0);
    expect(counted).toBe(list.body.total);
    const shop = body.organizations.find(
      (o: { name: string }) => o.name === 'shop',
    );
    expect(shop.environments).toBe(
      list.body.items.filter(
        (e: { organization: string }) => e.organization === 'shop',
      ).length,
    );
    expect(shop.cents).toBe(1190);
    expect(body.clusters.map((c: { name: string }) => c.name)).toEqual(['eu']);
  });

  it('shows queue and sources to who runs the platform only', async () => {
    const operator = await portal.as('priya').get('/overview');
    expect(operator.body.queue.due).toBeGreaterThanOrEqual(0);
    expect(operator.body.sources).toHaveLength(1);
    const { body } = await portal.as('guest').get('/overview');
    expect(body.queue).toBeUndefined();
    expect(body.sources).toBeUndefined();
    expect(body.clusters).toHaveLength(1);
  });

  it('refuses who may see nothing, naming the permission', async () => {
    for (const path of ['/overview', '/policies']) {
      const { status, body } = await portal.as('nobody').get(path);
      expect(status).toBe(403);
      expect(body.detail).toContain('slipway.read');
    }
    const hidden = await portal.as('nobody').get('/organizations/shop');
    expect(hidden.status).toBe(404);
    const missing = await portal.as('nobody').get('/organizations/shopp');
    expect(hidden.body.detail.replace('shop', 'shopp')).toBe(
      missing.body.detail,
    );
    const { body } = await portal.as('nobody').get('/environments');
    expect(body).toEqual({ items: [], total: 0, states: [] });
  });

  it('puts an open change into the inbox of who may merge it, and of nobody else', async () => {
    const text = await repositories.file(repositories.platform, CHECKOUT);
    const opened = await portal.as('priya').post('/change-requests', {
      subject: 'service/shop/checkout',
      title: 'More replicas',
      files: [
        {
          path: CHECKOUT,
          content: text.replace('replicas: 2', 'replicas: 3'),
        },
      ],
    });
    expect(opened.status).toBe(201);
    const changesOf = async (person: 'dana' | 'guest') =>
      (await portal.as(person).get('/overview')).body.inbox.filter(
        (i: { kind: string }) => i.kind === 'change',
      );
    expect(await changesOf('dana')).toMatchObject([
      {
        id: `change:${opened.body.id}`,
        title: `#${opened.body.number} More replicas`,
        organization: 'shop',
        link: `/slipway/change-requests/${opened.body.id}`,
      },
    ]);
    expect(await changesOf('guest')).toEqual([]);
    const { body } = await portal.as('guest').get('/organizations/shop');
    expect(body.changeRequests).toMatchObject([{ title: 'More replicas' }]);
  });

  it('puts dead letters into the inbox of who runs the platform', async () => {
    const { queue } = stores();
    const key = 'knowledgebase:shop/docs';
    // Whoever of engine and test claims the key first: the test buries it.
    await portal.until(async () => {
      await queue.mark([key]);
      for (const lease of await queue.claim(50)) {
        if (lease.key !== key) await queue.release(lease);
        else
          return queue.complete(lease, {
            type: 'terminal',
            error: 'Nobody can read it.',
          });
      }
      return false;
    });
    const { body: overview } = await portal.as('priya').get('/overview');
    const item = overview.inbox.find(
      (i: { kind: string }) => i.kind === 'deadLetter',
    );
    expect(item).toMatchObject({
      title: key,
      detail: 'Nobody can read it.',
      link: '/slipway/operations?queue=dead',
    });
    const { body } = await portal.as('dana').get('/overview');
    expect(
      body.inbox.filter((i: { kind: string }) => i.kind === 'deadLetter'),
    ).toEqual([]);
  });

  it('puts what stopped and what drifted into the inbox of who owns it', async () => {
    const { environments } = stores();
    const [record] = await environments.list({ organization: 'shop' });
    await environments.recordTransition(record.key, [
      {
        type: 'Provisioned',
        status: 'False',
        reason: 'ApplyRefused',
        message: 'The namespace is in the way.',
        observedGeneration: 1,
      },
      {
        type: 'Drifted',
        status: 'True',
        reason: 'Drifted',
        message: '1 object differs.',
        observedGeneration: 1,
      },
    ]);
    const kinds = async (person: 'dana' | 'guest') =>
      (await portal.as(person).get('/overview')).body.inbox
        .filter((i: { title: string }) => i.title === record.key)
        .map((i: { kind: string }) => i.kind);
    await portal.until(async () => (await kinds('dana')).includes('drifted'));
    expect(await kinds('guest')).toEqual([]);
    const { body } = await portal.as('guest').get('/overview');
    expect(
      body.drifted.map((e: { name: string; service: string }) => [
        e.service,
        e.name,
      ]),
    ).toContainEqual([record.service, record.name]);
    const list = await portal.as('guest').get('/environments?state=drifted');
    expect(list.body.total).toBe(1);
  });

  it('puts an approval into the inbox of who may give it, until they have', async () => {
    const { environments, approvals } = stores();
    const key = 'shop/checkout/production';
    const asked = async (person: 'priya' | 'guest') =>
      (await portal.as(person).get('/overview')).body.inbox.filter(
        (i: { kind: string; title: string }) =>
          i.kind === 'approval' && i.title === key,
      ).length;
    const wanted = (['Validated', 'PolicyPassed', 'Approved'] as const).map(
      type => ({
        type,
        status: type === 'Approved' ? ('False' as const) : ('True' as const),
        reason: type === 'Approved' ? 'ApprovalWanted' : type,
        message: 'One of them must agree.',
        observedGeneration: 1,
      }),
    );
    await portal.until(async () => {
      const now = (await environments.get(key))!;
      await environments
        .save(key, now.revision, { approvalDigest: 'sha256:now' })
        .catch(() => undefined);
      // The reconciler looks, too, and says each time that its cluster does not answer.
      await environments.recordTransition(key, wanted);
      return (await asked('priya')) === 1;
    });
    expect(await asked('guest')).toBe(0);
    await approvals.record({
      environment: key,
      digest: 'sha256:now',
      actor: 'user:default/priya',
      origin: 'environment',
    });
    await portal.until(async () => {
      await environments.recordTransition(key, wanted);
      const inbox = await asked('priya');
      const list = await portal.as('priya').get('/environments?state=waiting');
      return inbox === 0 && list.body.total === 1;
    });
  });

  it('pages through the environments in every order without losing one', async () => {
    const all = (await portal.as('priya').get('/environments')).body.items;
    const keys = (items: Array<Record<string, string>>) =>
      items.map(e => `${e.organization}/${e.service}/${e.name}`);
    for (const sort of ['name', 'state', 'cost', 'changed']) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const { body, status } = await portal
          .as('priya')
          .get(
            `/environments?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
          );
        expect(status).toBe(200);
        expect(body.total).toBe(all.length);
        found.push(...keys(body.items));
        cursor = body.nextCursor;
      } while (cursor);
      expect([...found].sort()).toEqual(keys(all).sort());
    }
  });

  it('gives a part of a long list', async () => {
    const all = await portal.as('priya').get('/environments');
    const { body } = await portal
      .as('priya')
      .get('/environments?offset=1&limit=2');
    expect(body.items.map((e: { namespace: string }) => e.namespace)).toEqual(
      all.body.items.slice(1, 3).map((e: { namespace: string }) => e.namespace),
    );
    expect(body.total).toBe(all.body.total);
  });

  it('refuses a cursor of another order', async () => {
    const first = await portal.as('priya').get('/environments?limit=1');
    const { status, body } = await portal
      .as('priya')
      .get(`/environments?sort=cost&cursor=${first.body.nextCursor}`);
    expect(status).toBe(400);
    expect(body.detail).toContain("the order 'cost'");
  });

  it('shows an organization with services, cost, states and what happened', async () => {
    const { status, body } = await portal
      .as('guest')
      .get('/organizations/shop');
    expect(status).toBe(200);
    expect(body.path).toBe('organizations/shop/organization.yaml');
    expect(body.services.map((s: { name: string }) => s.name)).toContain(
      'checkout',
    );
    expect(body.environmentTotal).toBeGreaterThan(3);
    expect(body.timeline.length).toBeGreaterThan(0);
    expect(body.mayCreate).toBe(false);
    const owner = await portal.as('dana').get('/organizations/shop');
    expect(owner.body.mayCreate).toBe(true);
  });

  it('shows the policies with the classes that use them and what they hit', async () => {
    const { body } = await portal.as('guest').get('/policies');
    const used = body.items.filter(
      (p: { classes: string[] }) => p.classes.length > 0,
    );
    expect(used.length).toBeGreaterThan(0);
    const [pack] = used;
    const verdict = {
      pack: pack.name,
      rule: pack.rules[0].name,
      result: 'warn',
      message: 'web has 1 replica.',
      source: { specPath: 'workloads[web].replicas', line: 19 },
    };
    await summarize('shop/checkout/staging', { verdicts: [verdict] });
    const again = await portal.as('guest').get('/policies');
    const [rule] = again.body.items.find(
      (p: { name: string }) => p.name === pack.name,
    ).rules;
    expect(rule).toMatchObject({
      hitTotal: 1,
      name: verdict.rule,
      export: { exported: true },
    });
    expect(rule.hits).toEqual([
      {
        organization: 'shop',
        service: 'checkout',
        environment: 'staging',
        action: 'warn',
        message: 'web has 1 replica.',
        specPath: 'workloads[web].replicas',
        line: 19,
      },
    ]);
  });
});
