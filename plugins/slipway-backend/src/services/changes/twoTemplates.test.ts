import { mockCredentials } from '@backstage/backend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import slipwayActions from '@slipway/plugin-scaffolder-backend-module-slipway';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { pathOf, SERVICE } from '../../hardening/__testUtils__/requests';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
jest.setTimeout(120_000);

const TEMPLATES = resolve(__dirname, '../../../../../templates');
const PATH = pathOf('basket');

/** A template as the catalog has it. */
function templateEntity(name: string) {
  const path = resolve(TEMPLATES, name, 'template.yaml');
  const entity = parse(readFileSync(path, 'utf8'));
  entity.metadata.namespace = 'default';
  entity.metadata.annotations = {
    'backstage.io/managed-by-location': `file:${path}`,
  };
  return entity;
}

describe('two templates on one service', () => {
  let repositories: TestRepositories;
  let portal: TestPortal;
  let realms: jest.SpyInstance;

  beforeAll(async () => {
    // Jest runs tests in a realm of its own, and the scaffolder's renderer takes arrays of its own realm only.
    realms = jest
      .spyOn(Response.prototype, 'json')
      .mockImplementation(async function parseHere(this: Response) {
        return JSON.parse(await this.text());
      });
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      [PATH]: SERVICE('basket'),
    });
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      databases: { scaffolder: await databases.empty('SQLITE_3') },
      features: [scaffolderPlugin, slipwayActions],
      entities: ['add-database', 'add-domain'].map(templateEntity),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/services/shop/basket')).status === 200,
    );
  });
  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
    realms?.mockRestore();
  });

  /** Runs a template to its end, and says what the task told. */
  const run = async (person: string, template: string, values: object) => {
    const call = async (path: string, body?: object) => {
      const response = await fetch(
        `http://localhost:${portal.backend.server.port()}/api/scaffolder${path}`,
        {
          method: body ? 'POST' : 'GET',
          headers: {
            authorization: mockCredentials.user.header(
              `user:default/${person}`,
            ),
            'content-type': 'application/json',
          },
          ...(body && { body: JSON.stringify(body) }),
        },
      );
      return response.json();
    };
    const { id } = await call('/v2/tasks', {
      templateRef: `template:default/${template}`,
      values: { organization: 'shop', name: 'basket', ...values },
    });
    const status = await portal.until(async () => {
      const task = await call(`/v2/tasks/${id}`);
      return (
        ['completed', 'failed', 'cancelled'].includes(task.status) &&
        (task.status as string)
      );
    });
    const events: Array<{ body: { message: string } }> = await call(
      `/v2/tasks/${id}/events`,
    );
    return `${status}\n${events.map(({ body }) => body.message).join('\n')}`;
  };

  it('are both in the one change request, and in what is merged', async () => {
    expect(
      await run('priya', 'add-database', {
        database: 'db',
        engine: 'postgres',
        version: '17',
        size: '5Gi',
        workload: 'web',
        reason: 'Orders are kept.',
      }),
    ).toMatch(/^completed/);
    expect(
      await run('pavel', 'add-domain', {
        workload: 'web',
        environment: 'staging',
        domain: 'basket.example.com',
        reason: 'The sale begins.',
      }),
    ).toMatch(/^completed/);

    const { body } = await portal
      .as('priya')
      .get('/change-requests?state=open');
    expect(body.items).toEqual([
      expect.objectContaining({
        title:
          'Add the database db to shop/basket; Serve shop/basket under basket.example.com',
      }),
    ]);
    const [{ id, headCommit, description }] = body.items;
    expect(description).toContain('Orders are kept.');
    expect(description).toContain('The sale begins.');

    const merged = await portal
      .as('dana')
      .post(`/change-requests/${id}/merge`, { headCommit });
    expect(merged.body).toMatchObject({ state: 'merged' });
    const spec = parse(
      await repositories.file(repositories.platform, PATH),
    ).spec;
    expect(spec.databases).toMatchObject([{ name: 'db' }]);
    expect(spec.environments[0].overrides.workloads).toEqual([
      { name: 'web', domains: ['basket.example.com'] },
    ]);
  });
});
