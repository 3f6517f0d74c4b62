import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import eventsPlugin from '@backstage/plugin-events-backend';
import signalsPlugin from '@backstage/plugin-signals-backend';
import type { Knex } from 'knex';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { HttpClusters, readClusters } from '../../kubernetes';
import { ConfigReader } from '@backstage/config';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';
import { DatabaseLiveTopicStore } from '../../database/DatabaseLiveTopicStore';
import { Page } from './__testUtils__/Page';
import { LiveTopics } from './LiveTopics';

const databases = createTestDatabases();
jest.setTimeout(60_000);

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

describe('two replicas on one PostgreSQL', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let db: Knex;
  let replicas: TestPortal[];
  let pages: Page[];
  let topics: LiveTopics;

  const clusterConfig = (url: string, token: string) => ({
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
  });

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      standIns: false,
    });
    repositories = await createTestRepositories();
    db = await databases.empty('POSTGRES_16');
    const events = await databases.empty('POSTGRES_16');
    const [{ url, token }] = sandbox.clusters;
    const start = (clusterUrl: string) =>
      startTestPortal({
        repositories,
        db,
        databases: { events },
        // The real events, which test backends replace.
        features: [eventsPlugin, signalsPlugin, eventsServiceFactory],
        config: {
          ...clusterConfig(clusterUrl, token),
          // A long poll that is under way would hold up the end of the test.
          events: { notifyTimeoutMs: 1_000 },
        },
      });
    // The second one can't reach the cluster.
    replicas = [await start(url), await start(NOWHERE)];
    topics = new LiveTopics(
      await DatabaseLiveTopicStore.create({ db }).secret(),
    );
    pages = await Promise.all(replicas.map(Page.open));
  });

  afterAll(async () => {
    pages?.forEach(page => page.close());
    for (const replica of replicas ?? []) await replica.stop();
    await repositories?.remove();
    await sandbox?.stop();
  });

  async function put(name: string, environment: string): Promise<void> {
    const [{ url, token }] = sandbox.clusters;
    const clusters = HttpClusters.create({
      clusters: readClusters(
        new ConfigReader({
          ...clusterConfig(url, token),
          slipway: {
            clusters: [{ name: 'eu', argocd: { destination: { name: 'eu' } } }],
          },
        }),
      ),
    });
    await clusters.client('eu').apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace: 'default',
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'web',
          'slipway.dev/environment': environment,
        },
      },
      spec: { ports: [{ port: 80 }] },
    });
    clusters.close();
  }

  it('tell the pages of both what one of them sees, once', async () => {
    const topic = topics.idOf('environment:shop/web/one');
    await put('first', 'one');
    await Promise.all(pages.map(page => page.hears(topic)));
    // Long enough for a second telling to arrive.
    await new Promise(resolve => setTimeout(resolve, 1_500));
    for (const page of pages)
      expect(page.messages.filter(m => topic in m.topics)).toHaveLength(1);
  });

  it('tell the service and the organization with it', async () => {
    await put('second', 'two');
    const names = ['service:shop/web', 'organization:shop', 'fleet'];
    const heard = pages.flatMap(page =>
      names.map(name => page.hears(topics.idOf(name))),
    );
    await expect(Promise.all(heard)).resolves.toBeDefined();
  });

  it('number their messages together, without a gap', async () => {
    // A replica hears of others from about a second after its start.
    const from = Math.max(...pages[1].messages.map(m => m.sequence));
    for (let i = 0; i < 3; i++) await put(`more-${i}`, `more-${i}`);
    await pages[1].hears(topics.idOf('environment:shop/web/more-2'));
    await new Promise(resolve => setTimeout(resolve, 500));
    const heard = pages[1].messages
      .filter(({ topics: moved }) => Object.keys(moved).length > 0)
      .map(({ sequence }) => sequence)
      .filter(sequence => sequence >= from)
      .sort((a, b) => a - b);
    expect(heard).toEqual(heard.map((_, i) => heard[0] + i));
  });

  it('tell a page where the second one is asked what the first one has recorded', async () => {
    const answer = await replicas[1].as('priya').get('/change-requests');
    const [id] = answer.headers['slipway-topics'].split(',');
    expect(answer.headers['access-control-expose-headers']).toContain(
      'Slipway-Topics',
    );
    expect(id).toBe(topics.idOf('changes'));
    const opened = await replicas[0].as('priya').post('/change-requests', {
      title: 'Another quota',
      subject: 'quota/tiny',
      files: [
        {
          path: 'quotas/tiny.yaml',
          content:
            'apiVersion: slipway.dev/v1alpha1\nkind: QuotaProfile\nmetadata:\n  name: tiny\nspec:\n  hard:\n    requests.cpu: "1"\n',
        },
      ],
    });
    expect(opened.body).toMatchObject({ id: expect.any(String) });
    await pages[1].hears(id);
  });

  it('say something by themselves when nothing happens, so that a page knows that it is connected', async () => {
    const page = await Page.open(replicas[1]);
    await page.until(() => page.messages.length > 0);
    page.close();
    expect(page.messages[0]).toMatchObject({ sequence: expect.any(Number) });
  });
});
