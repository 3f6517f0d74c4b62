import type { ApiPipelineRun } from '@slipway/plugin-slipway-common';
import slipwayModuleTekton from '@slipway/plugin-slipway-backend-module-tekton';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';
import { createTestDatabases } from '../../database/__testUtils__/databases';

const databases = createTestDatabases();
jest.setTimeout(90_000);

const PIPELINES = '/services/shop/checkout/pipelines';

describe('pipelines over HTTP', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;
  let failed: ApiPipelineRun;

  async function send(method: string, path: string, body: object) {
    const [{ url, token }] = sandbox.clusters;
    await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  }

  const runs = async (person: 'dana' | 'guest') =>
    (await portal.as(person).get(PIPELINES)).body.items as ApiPipelineRun[];

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 10, workMs: 10, argoPollMs: 500 },
    });
    const [{ url, token }] = sandbox.clusters;
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      features: [slipwayModuleTekton],
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
      },
    });
    await send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'org-shop' },
    });
    await send('POST', '/apis/tekton.dev/v1/namespaces/org-shop/pipelineruns', {
      apiVersion: 'tekton.dev/v1',
      kind: 'PipelineRun',
      metadata: {
        name: 'build-1',
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'checkout',
        },
        annotations: {
          'sandbox.slipway.dev/fails': 'test',
          'sandbox.slipway.dev/fails-with': '1 of 3 tests failed',
          'sandbox.slipway.dev/fails-once': 'true',
        },
      },
      spec: {
        pipelineSpec: {
          tasks: [
            {
              name: 'test',
              taskSpec: { steps: [{ name: 'unit', image: 'go:1' }] },
            },
          ],
        },
      },
    });
    failed = await portal.until(async () =>
      (await runs('dana'))?.find(({ failedStep }) => failedStep),
    );
  });
  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
    await sandbox?.stop();
  });

  it('let an owner read the log of the failing step', async () => {
    const { status, body } = await portal
      .as('dana')
      .get(`${PIPELINES}/${failed.id}/logs?tail=5`);
    expect(status).toBe(200);
    expect(body.lines.map((line: { text: string }) => line.text)).toContain(
      '1 of 3 tests failed',
    );
  });

  it('show a reader the runs, not their logs, and say who may run them again', async () => {
    const [run] = await runs('guest');
    expect(run.steps.some(({ logs }) => logs)).toBe(false);
    expect(run.rerun).toEqual({
      allowed: false,
      reason: expect.stringMatching(
        /slipway\.pipeline\.rerun.*group:default\/payments/,
      ),
    });
    const guest = portal.as('guest');
    expect((await guest.get(`${PIPELINES}/${failed.id}/logs`)).status).toBe(
      403,
    );
    expect((await guest.post(`${PIPELINES}/${failed.id}/rerun`)).status).toBe(
      403,
    );
  });

  it('are not there for who may not read, and not at all for a service that is not', async () => {
    expect((await portal.as('nobody').get(PIPELINES)).status).toBe(404);
    const none = await portal.as('dana').get('/services/shop/none/pipelines');
    expect(none.status).toBe(404);
    const run = await portal.as('dana').get(`${PIPELINES}/made-up/logs`);
    expect(run.status).toBe(404);
  });

  it('are run again once by a double click, with an audit event and a line in the timeline', async () => {
    expect(failed.rerun).toEqual({ allowed: true });
    const click = () =>
      portal
        .as('dana')
        .post(`${PIPELINES}/${failed.id}/rerun`, { key: 'click-1' });
    const answers = await Promise.all([click(), click()]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const [{ id }] = answers.map(({ body }) => body);
    expect(answers[1].body.id).toBe(id);
    const again = await portal.until(async () =>
      (await runs('dana')).find(
        run => run.id === id && run.state === 'succeeded',
      ),
    );
    expect(again).toMatchObject({
      rerunOf: failed.id,
      trigger: 're-run by user:default/dana',
    });
    expect((await runs('dana')).filter(run => run.rerunOf)).toHaveLength(1);
    expect(portal.audit).toContainEqual({
      eventId: 'pipeline-rerun',
      status: 'succeeded',
      meta: { organization: 'shop', service: 'checkout', id: failed.id },
    });
  });

  it('tell in the timeline of each environment who wanted one again, once', async () => {
    const { body } = await portal
      .as('dana')
      .get('/environments/shop/checkout/staging/timeline');
    expect(
      body.items.filter(
        ({ reason }: { reason: string }) => reason === 'PipelineRerun',
      ),
    ).toEqual([
      expect.objectContaining({
        actor: 'user:default/dana',
        title: expect.stringContaining('build-1'),
      }),
    ]);
  });

  it('are shown with each environment of the service', async () => {
    const { status, body } = await portal
      .as('dana')
      .get('/environments/shop/checkout/staging/pipelines');
    expect(status).toBe(200);
    expect(body.items.map(({ name }: ApiPipelineRun) => name)).toContain(
      'build-1',
    );
  });
});
