import { startSandbox, type Sandbox } from '@slipway/sandbox';
import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import {
  CountingProxy,
  startCountingProxy,
} from '../../__testUtils__/countingProxy';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';
import { createTestDatabases } from '../../database/__testUtils__/databases';

const databases = createTestDatabases();
jest.setTimeout(90_000);

describe('a page load', () => {
  let sandbox: Sandbox;
  let proxy: CountingProxy;
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 10, argoPollMs: 500 },
    });
    const [{ url, token }] = sandbox.clusters;
    proxy = await startCountingProxy(url);
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      config: {
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'eu',
                  url: proxy.url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: token,
                },
              ],
            },
          ],
        },
      },
    });
  });
  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
    await proxy?.close();
    await sandbox?.stop();
  });

  const environments = async () =>
    (await portal.as('priya').get('/environments')).body
      .items as ApiEnvironment[];

  /** Without the heartbeat and the watches, which go on whether anybody looks or not. */
  const asked = () =>
    proxy.requests.filter(
      request => request !== 'GET /version' && !request.includes('watch=true'),
    );

  /** Nothing is left to do, and nothing is asked of the cluster for a while: what is asked then, is asked by the pages. */
  async function quiet(): Promise<void> {
    await portal.until(async () => {
      const before = asked().length;
      await new Promise(resolve => setTimeout(resolve, 1_500));
      const { queue } = (await portal.as('priya').get('/operations')).body;
      return asked().length === before && queue.due === 0 && queue.leased === 0;
    });
  }

  it('asks no cluster for anything, whatever the page', async () => {
    const [environment] = await portal.until(async () => {
      const found = await environments();
      return found.length > 0 && found.every(({ cluster }) => cluster) && found;
    });
    const { organization, service, name } = environment;
    const own = `/environments/${organization}/${service}/${name}`;
    const pages = [
      '/overview',
      '/organizations',
      `/organizations/${organization}`,
      '/policies',
      '/classes',
      '/clusters',
      '/services',
      `/services/${organization}/${service}`,
      `/services/${organization}/${service}/pipelines`,
      '/environments',
      own,
      `${own}/plan`,
      `${own}/pipelines`,
      `${own}/drift`,
      `${own}/timeline`,
      '/change-requests',
      '/operations',
      '/operations/queue?state=due',
    ];
    await quiet();
    const before = asked().length;
    for (const page of pages) {
      const answer = await portal.as('priya').get(page);
      expect(`${page} ${answer.status}`).toBe(`${page} 200`);
      expect(answer.headers['slipway-topics']).toMatch(/^[\w-]{16}(,|$)/);
    }
    expect(asked().slice(before)).toEqual([]);
    // The proof that asking would have been noticed.
    expect(before).toBeGreaterThan(10);
  });
});
