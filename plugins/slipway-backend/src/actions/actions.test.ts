import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import mcpActionsPlugin from '@backstage/plugin-mcp-actions-backend';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Knex } from 'knex';
import { createStores } from '../database/createStores';
import { createTestDatabases } from '../database/__testUtils__/databases';
import {
  Person,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';

const CHECKOUT = 'organizations/shop/services/checkout.yaml';
const PRODUCTION = {
  organization: 'shop',
  service: 'checkout',
  environment: 'production',
};

/** What a tool answers, as a client sees it. */
interface Answer {
  isError?: boolean;
  content: Array<{ text: string }>;
  structuredContent?: Record<string, never> & {
    environments: Array<Record<string, unknown>>;
  };
}

describe('the actions, asked by a real MCP client', () => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;
  let db: Knex;
  const clients: Client[] = [];

  beforeAll(async () => {
    repositories = await createTestRepositories();
    db = await databases.empty('SQLITE_3');
    portal = await startTestPortal({
      repositories,
      db,
      config: {
        app: { baseUrl: 'https://portal.example.com' },
        backend: { actions: { pluginSources: ['slipway'] } },
      },
      features: [
        // Types of the legacy and the new backend system meet in one default export.
        mcpActionsPlugin as BackendFeature,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
      ],
    });
    await portal.until(async () => {
      const { body } = await portal
        .as('priya')
        .get('/environments/shop/checkout/production');
      return body.conditions?.some(
        ({ reason }: { reason: string }) => reason === 'ClusterUnreachable',
      );
    });
  });

  afterAll(async () => {
    for (const client of clients) await client.close();
    await portal?.stop();
    await repositories?.remove();
  });

  const as = async (person: Person): Promise<Client> => {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const url = `http://localhost:${portal.backend.server.port()}/api/mcp-actions/v1`;
    await client.connect(
      new StreamableHTTPClientTransport(new URL(url), {
        requestInit: {
          headers: {
            Authorization: mockCredentials.user.header(
              `user:default/${person}`,
            ),
          },
        },
      }),
    );
    clients.push(client);
    return client;
  };
  const call = async (
    person: Person,
    name: string,
    input: Record<string, unknown>,
  ) =>
    (await (
      await as(person)
    ).callTool({ name: `slipway.${name}`, arguments: input })) as Answer;

  it('are tools with schemas, which say that they only read', async () => {
    const { tools } = await (await as('dana')).listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'slipway.drift',
      'slipway.explain',
      'slipway.plan',
      'slipway.status',
    ]);
    for (const { inputSchema, annotations, description } of tools) {
      expect(inputSchema.type).toBe('object');
      expect(Object.keys(inputSchema.properties ?? {})).not.toEqual([]);
      expect(annotations).toMatchObject({ readOnlyHint: true });
      expect(description?.length).toBeGreaterThan(100);
    }
  });

  it('list environments by their state, with why and what comes next', async () => {
    const { structuredContent } = await call('guest', 'status', {
      state: 'unknown',
    });
    expect(structuredContent?.environments).toContainEqual(
      expect.objectContaining({
        ...PRODUCTION,
        state: 'unknown',
        station: 'Validated',
        who: 'nobody',
        headline: 'shop/checkout/production: cluster unreachable',
        link: 'https://portal.example.com/slipway/environments/shop/checkout/production',
      }),
    );
  });

  it("answer why it isn't running, in the words of the page", async () => {
    const { structuredContent } = await call('guest', 'explain', PRODUCTION);
    expect(structuredContent).toMatchObject({
      headline: 'shop/checkout/production: cluster unreachable',
      station: 'Validated',
      blockers: [{ kind: 'station', reason: 'ClusterUnreachable' }],
    });
  });

  it('say of drift that nobody has looked yet, as the cluster is away', async () => {
    const { structuredContent } = await call('guest', 'drift', PRODUCTION);
    expect(structuredContent).toMatchObject({ state: 'unknown', objects: [] });
  });

  it('say field by field what drifted, by which tool, and whether it can be accepted', async () => {
    const at = new Date('2026-11-21T12:00:00Z');
    await createStores({ db }).drifts.save(
      {
        environment: 'shop/checkout/production',
        state: 'drifted',
        since: at,
        changedAt: at,
        checkedAt: at,
        checks: {},
        drifted: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            namespace: 'shop--checkout--production',
            name: 'web',
            missing: false,
            part: 'workload',
            fields: [
              {
                path: 'spec.replicas',
                segments: ['spec', 'replicas'],
                wanted: 2,
                found: 5,
                why: 'changed',
                manager: 'kubectl-edit',
                tool: 'kubectl edit',
                operation: 'Update',
                since: at.toISOString(),
              },
            ],
          },
        ],
      },
      {},
    );
    const drift = await call('guest', 'drift', PRODUCTION);
    expect(drift.structuredContent).toMatchObject({
      state: 'drifted',
      objects: [
        {
          kind: 'Deployment',
          name: 'web',
          fields: [
            {
              path: 'spec.replicas',
              wanted: 2,
              found: 5,
              tool: 'kubectl edit',
              acceptable: expect.any(Boolean),
            },
          ],
        },
      ],
    });
    const why = await call('guest', 'explain', PRODUCTION);
    expect(why.structuredContent?.blockers).toContainEqual(
      expect.objectContaining({
        kind: 'drift',
        message: 'Deployment web: spec.replicas (by kubectl edit).',
      }),
    );
  });

  it('plan a change without writing anything', async () => {
    const text = await repositories.file(repositories.platform, CHECKOUT);
    const before = await repositories.git(
      repositories.platform,
      'rev-parse',
      '--all',
    );
    const { structuredContent } = await call('dana', 'plan', {
      files: [
        { path: CHECKOUT, content: text.replace('replicas: 2', 'replicas: 3') },
      ],
    });
    expect(structuredContent).toMatchObject({
      headline: expect.stringContaining('object'),
      problems: [],
    });
    expect(structuredContent?.environments).toContainEqual(
      expect.objectContaining(PRODUCTION),
    );
    expect(
      await repositories.git(repositories.platform, 'rev-parse', '--all'),
    ).toBe(before);
  });

  it('plan what is rendered for an environment now', async () => {
    const { structuredContent } = await call('dana', 'plan', PRODUCTION);
    expect(structuredContent?.environments).toEqual([
      expect.objectContaining(PRODUCTION),
    ]);
  });

  it('say what is missing where the question is not one', async () => {
    expect(await call('dana', 'plan', { organization: 'shop' })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("Name 'files', or all of") }],
    });
  });

  it.each(['drift', 'explain', 'plan'])(
    'tell somebody who may not see it nothing but that, asked to %s',
    async name => {
      expect(await call('nobody', name, PRODUCTION)).toMatchObject({
        isError: true,
        content: [
          {
            text: 'NotFoundError: There is no environment shop/checkout/production, or you may not see it.',
          },
        ],
      });
    },
  );

  it('refuse to plan files of an organization that somebody may not see, and say whom to ask', async () => {
    expect(
      await call('nobody', 'plan', {
        files: [{ path: CHECKOUT, content: 'kind: ServiceSpec' }],
      }),
    ).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('slipway.read') }],
    });
  });

  it('list nothing for somebody who may see nothing', async () => {
    expect((await call('nobody', 'status', {})).structuredContent).toEqual({
      environments: [],
      total: 0,
    });
  });
});
