import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import signalsPlugin from '@backstage/plugin-signals-backend';
import type {
  ApiEnvironment,
  ApiEnvironmentDetails,
} from '@slipway/plugin-slipway-common';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { Page, View } from './__testUtils__/Page';

const databases = createTestDatabases();
jest.setTimeout(300_000);

/** Longer than the recording of what was seen takes, with the telling of it, and any look at drift. */
const AFTERWARDS_MS = 3_000;

/** Cards tell the age of the last look at drift, and are told again when so much of it has passed. */
const AGE_MS = 600_000;

const ENVIRONMENT = 'shop/count/staging';

const SPEC = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: count
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      image:
        repository: registry.example.com/shop/count
        revision: v1
      port: 8080
      resources:
        cpu: 50m
        memory: 64Mi
  environments:
    - name: staging
      class: shared-staging
`;

/** Of the namespace in which this test changes things. */
const SERVICES = '/api/v1/namespaces/default/services';

/** An answer without the times that are told by the clock alone. */
function timeless(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value) =>
    ['asOf', 'checkedAt', 'lastTransitionTime', 'readAt', 'updatedAt'].includes(
      name,
    )
      ? undefined
      : value,
  );
}

describe.each([
  ['one replica', 1],
  ['two replicas', 2],
])('a change in the cluster, with %s', (_, count) => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let replicas: TestPortal[];
  let pages: Page[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 10, argoPollMs: 500 },
    });
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      'organizations/shop/services/count.yaml': SPEC,
    });
    const [{ url, token }] = sandbox.clusters;
    const db = await databases.empty('POSTGRES_16');
    const events = await databases.empty('POSTGRES_16');
    replicas = [];
    for (let i = 0; i < count; i++)
      replicas.push(
        await startTestPortal({
          repositories,
          db,
          databases: { events },
          // The real events, which test backends replace.
          features: [eventsPlugin, signalsPlugin, eventsServiceFactory],
          config: {
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'eu',
                      url,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: token,
                    },
                  ],
                },
              ],
            },
            // A long poll that is under way would hold up the end of the test.
            events: { notifyTimeoutMs: 1_000 },
          },
          slipway: {
            clusters: [
              {
                name: 'eu',
                region: 'eu',
                argocd: { destination: { server: url } },
              },
            ],
          },
        }),
      );
    pages = await Promise.all(replicas.map(Page.open));
    await replicas[0].until(async () => {
      const { items } = (await replicas[0].as('priya').get('/environments'))
        .body as { items: ApiEnvironment[] };
      return items.some(
        ({ service, conditions }) =>
          service === 'count' &&
          conditions.some(c => c.type === 'Healthy' && c.status === 'True'),
      );
    }, 180);
    await put('count');
    await quiet();
  });

  afterAll(async () => {
    pages?.forEach(page => page.close());
    for (const replica of replicas ?? []) await replica.stop();
    await repositories?.remove();
    await sandbox?.stop();
  });

  /** Outside of the environment's own namespace, where nobody but this test touches it. */
  function put(name: string): Promise<void> {
    return kube('POST', SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'count',
          'slipway.dev/environment': 'staging',
        },
      },
      spec: { ports: [{ port: 80 }] },
    });
  }

  async function kube(
    method: string,
    path: string,
    body: object,
  ): Promise<void> {
    const [{ url, token }] = sandbox.clusters;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type':
          method === 'PATCH'
            ? 'application/merge-patch+json'
            : 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`${method} ${path}: ${await answer.text()}`);
  }

  /** Nothing is told for a while. */
  async function quiet(): Promise<void> {
    const told = () =>
      pages[0].messages.filter(({ topics }) => Object.keys(topics).length > 0)
        .length;
    await replicas[0].until(async () => {
      const before = told();
      await new Promise(resolve => setTimeout(resolve, AFTERWARDS_MS));
      return told() === before;
    }, 90);
  }

  /** The same view on every replica, since a page may be connected to any. */
  const open = <T>(path: string) =>
    Promise.all(
      replicas.map((replica, i) => View.open<T>(pages[i], replica, path)),
    );

  /**
   * So many for each view. A page that asked a replica whose watch was behind is told again when it has seen it, and all
   * others with it.
   */
  function expectAsked(views: Array<View<unknown>>, n: number, since: number) {
    const ages = Math.floor(Date.now() / AGE_MS) - Math.floor(since / AGE_MS);
    for (const { asked } of views) {
      expect(asked).toBeGreaterThanOrEqual(n);
      expect(asked).toBeLessThanOrEqual(n + ages + count - 1);
    }
  }

  async function expectUpToDate(views: Array<View<unknown>>): Promise<void> {
    for (const view of views) {
      await view.settled();
      expect(timeless(view.shown)).toEqual(timeless(await view.fresh()));
    }
  }

  it('makes each page that shows it ask once', async () => {
    const since = Date.now();
    const details = await open<ApiEnvironmentDetails>(
      `/environments/${ENVIRONMENT}`,
    );
    const others = [
      ...(await open('/services/shop/count')),
      ...(await open('/environments')),
      ...(await open('/services')),
    ];
    const elsewhere = await open('/services/shop/checkout');
    await put('another');
    await quiet();
    const views = [...details, ...others];
    await expectUpToDate(views);
    expectAsked(views, 1, since);
    expect(elsewhere.map(({ asked }) => asked)).toEqual(elsewhere.map(() => 0));
    for (const { shown } of details)
      expect(shown.objects.map(({ name }) => name)).toContain('another');
  });

  it('does so also when it is recorded as a transition; the timeline alone is asked for again, for its line', async () => {
    const since = Date.now();
    const cards = [
      ...(await open('/services/shop/count')),
      ...(await open('/environments')),
    ];
    const details = await open<ApiEnvironmentDetails>(
      `/environments/${ENVIRONMENT}`,
    );
    const lines = details[0].shown.timeline.length;
    // Nobody gives it an address.
    await kube('PATCH', `${SERVICES}/count`, {
      spec: { type: 'LoadBalancer' },
    });
    await quiet();
    await expectUpToDate([...cards, ...details]);
    expectAsked(cards, 1, since);
    expectAsked(details, 2, since);
    for (const { shown } of details) {
      expect(shown.conditions).toContainEqual(
        expect.objectContaining({ type: 'Healthy', reason: 'Progressing' }),
      );
      expect(shown.timeline).toHaveLength(lines + 1);
    }
  });
});
