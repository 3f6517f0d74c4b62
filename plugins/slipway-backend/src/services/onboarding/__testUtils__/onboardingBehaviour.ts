/* eslint-disable jest/no-export -- the same tests are declared for each kind of Git host */
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabases } from '../../../database/__testUtils__/databases';
import { serviceFile } from '../../../reconcile/environment/__testUtils__/specs';
import { startTestPortal, TestPortal } from '../../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../../__testUtils__/testRepositories';

/** A Git host with a repository `<namespace>/legacy` of the files that it is given. */
export interface OnboardingHost {
  integration: string;
  namespace: string;
  /** Name and port. */
  host: string;
  /** Section `integrations` of the configuration. */
  integrations: object;
  features: BackendFeature[];
  /** Where the webhooks of the repository deliver to. */
  webhooks(): Promise<string[]>;
  removeWebhooks(): Promise<void>;
  /** Ways in which it refuses to make a repository, where it can be told to refuse. */
  refusals?: Array<{
    /** Ends "refuses". */
    because: string;
    /** The words of the host that a person gets to read. */
    words: string;
    begin(): void;
    end(): void;
  }>;
  stop(): Promise<void>;
}

const KEY = 'a-key-that-is-long-enough-for-tests-0123456789';

const ORGANIZATION = (host: OnboardingHost) => `apiVersion: slipway.dev/v1alpha1
kind: Organization
metadata: { name: shop }
spec:
  owner: group:default/payments
  displayName: Shop
  gitHost: { integration: ${host.integration}, namespace: ${host.namespace} }
  pipelineEngine: tekton
  webhook: { domain: hooks.example.com }
  secretStore: { provider: vault, path: shop }
  registry: { url: registry.example.com/shop }
`;
const BINDING_PATH = 'organizations/shop/bindings/legacy.yaml';
const BINDING = (owner: string) => `apiVersion: slipway.dev/v1alpha1
kind: RepoBinding
metadata: { name: legacy, namespace: org-shop }
spec:
  organization: shop
  repository: { owner: ${owner}, name: legacy, branch: main }
  pipeline: { name: legacy, template: node }
`;

export const LEGACY_FILES = {
  'k8s/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - { name: web, image: "acme/web:1", env: [{ name: API_TOKEN, value: hunter2hunter2 }] }
`,
  'k8s/kustomization.yaml': 'resources: [web.yaml]\n',
  'compose.yaml': 'services: { web: { image: "acme/web:1" } }\n',
};

/** Passes on what comes to the portal, whose own port isn't known before it has started. */
async function startDoor(): Promise<{
  url: string;
  to(port: number): void;
  /** Bodies and headers of what came. */
  came: Array<{ headers: Record<string, unknown>; body: Buffer; path: string }>;
  close(): Promise<void>;
}> {
  let port = 0;
  const came: Array<{
    headers: Record<string, unknown>;
    body: Buffer;
    path: string;
  }> = [];
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    came.push({ headers: request.headers, body, path: request.url ?? '' });
    const inner = ask(
      {
        port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    inner.on('error', () => response.writeHead(502).end());
    inner.end(body);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to: known => {
      port = known;
    },
    came,
    async close() {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}

/** Onboarding over HTTP, whichever host the code lives at. */
export function onboardingBehaviour(
  title: string,
  start: () => Promise<OnboardingHost>,
): void {
  const databases = createTestDatabases();

  describe(`onboarding from ${title}, over HTTP`, () => {
    jest.setTimeout(120_000);
    let host: OnboardingHost;
    let door: Awaited<ReturnType<typeof startDoor>>;
    let repositories: TestRepositories;
    let portal: TestPortal;

    beforeAll(async () => {
      host = await start();
      door = await startDoor();
      repositories = await createTestRepositories();
      await repositories.commit(repositories.platform, {
        'organizations/shop/organization.yaml': ORGANIZATION(host),
      });
      portal = await startTestPortal({
        repositories,
        db: await databases.migrated('SQLITE_3'),
        config: { integrations: host.integrations },
        slipway: {
          webhooks: { key: KEY, baseUrl: `${door.url}/api/slipway` },
        },
        features: [...host.features, mockServices.events.factory()],
      });
      door.to(portal.backend.server.port());
      await portal.until(
        async () =>
          (await portal.as('priya').get('/organizations')).body.items?.length >
          0,
      );
    });
    afterAll(async () => {
      await portal?.stop();
      await door?.close();
      await repositories?.remove();
      await host?.stop();
    });

    const preview = (change: object = {}) =>
      portal.as('dana').post('/onboarding/preview', {
        organization: 'shop',
        service: 'legacy-shop',
        repository: { owner: host.namespace, name: 'legacy' },
        ...change,
      });
    const bindings = async () =>
      (await portal.as('dana').get('/organizations/shop/bindings')).body.items;
    const conditionOf = async (type: string) =>
      (await bindings())[0]?.conditions.find(
        (condition: { type: string }) => condition.type === type,
      );

    it('finds repositories of the organization’s namespace for who may open changes in it', async () => {
      const answer = await portal
        .as('dana')
        .get('/repositories?organization=shop&text=LEGA');
      expect(answer.status).toBe(200);
      expect(answer.body.items).toEqual([
        expect.objectContaining({
          host: host.host,
          integration: host.integration,
          owner: host.namespace,
          name: 'legacy',
          defaultBranch: 'main',
          archived: false,
        }),
      ]);
      expect(
        (
          await portal
            .as('dana')
            .get('/repositories?organization=shop&text=no-such')
        ).body,
      ).toEqual({ items: [] });
    });

    it('searches a whole host for the platform team alone', async () => {
      const path = `/repositories?host=${encodeURIComponent(host.host)}&text=legacy`;
      expect((await portal.as('dana').get(path)).status).toBe(403);
      // Others may have one of that name there.
      const { items } = (await portal.as('priya').get(path)).body;
      expect(
        items.filter(
          ({ owner }: { owner: string }) => owner === host.namespace,
        ),
      ).toHaveLength(1);
      expect(
        (await portal.as('guest').get('/repositories?organization=shop'))
          .status,
      ).toBe(403);
    });

    it('offers a first spec, and lists what it did not take over', async () => {
      const { status, body } = await preview();
      expect(status).toBe(200);
      expect(body).toMatchObject({
        branch: 'main',
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        path: 'organizations/shop/services/legacy-shop.yaml',
        from: 'kubernetes',
        offered: ['kubernetes', 'compose'],
        read: ['k8s/web.yaml'],
        workloads: [
          {
            name: 'web',
            image: { repository: 'acme/web', revision: '1' },
            secrets: [
              {
                name: 'API_TOKEN',
                from: { vault: 'legacy-shop/legacy-shop#API_TOKEN' },
              },
            ],
          },
        ],
        webhook: { installs: true },
      });
      expect(body.notTaken).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            file: 'k8s/web.yaml',
            line: 8,
            what: 'Deployment web: the value of API_TOKEN',
          }),
          expect.objectContaining({ file: 'k8s/kustomization.yaml' }),
        ]),
      );
      expect(JSON.stringify(body)).not.toContain('hunter2');
      expect((await preview({ from: 'compose' })).body.from).toBe('compose');
    });

    it.each([
      [404, 'a repository that isn’t there', { name: 'nothing' }, {}],
      [400, 'a repository of somebody else', { owner: 'somebody' }, {}],
      [409, 'a service that is declared', {}, { service: 'checkout' }],
    ])('answers %d to %s', async (expected, _, repository, more) => {
      const { status } = await preview({
        repository: { owner: host.namespace, name: 'legacy', ...repository },
        ...more,
      });
      expect(status).toBe(expected);
    });

    /** Opens and merges what declares a new service, with its code; gives the id of the change. */
    const addService = async (service: string, name = service) => {
      const opened = await portal.as('dana').post('/change-requests', {
        subject: `service/shop/${service}`,
        title: `Add ${service}`,
        files: [
          {
            path: `organizations/shop/services/${service}.yaml`,
            content: serviceFile('shop', service, {
              environments: [{ name: 'staging', class: 'shared-staging' }],
              database: false,
            }),
          },
        ],
        skeleton: {
          repository: `${host.namespace}/${name}`,
          branch: 'main',
          files: [
            { path: 'README.md', content: `# ${service}\n` },
            { path: 'compose.yaml', content: LEGACY_FILES['compose.yaml'] },
          ],
        },
      });
      expect([opened.status, opened.body.detail]).toEqual([201, undefined]);
      const { id, headCommit } = opened.body;
      await portal
        .as('dana')
        .post(`/change-requests/${id}/merge`, { headCommit });
      return id as string;
    };
    const skeletonThatIs = (state: string, id: string) =>
      portal.until(async () => {
        const { body } = await portal.as('dana').get(`/change-requests/${id}`);
        return body.skeleton?.state === state && body.skeleton;
      });

    it('makes the repository of a new service with its first commit, once what declares it is merged', async () => {
      const search = '/repositories?organization=shop&text=basket';
      expect((await portal.as('dana').get(search)).body.items).toEqual([]);
      await skeletonThatIs('done', await addService('basket'));
      expect((await portal.as('dana').get(search)).body.items).toEqual([
        expect.objectContaining({
          owner: host.namespace,
          name: 'basket',
          private: true,
        }),
      ]);
      // A host notes what was pushed a moment later.
      await portal.until(async () => {
        const { body } = await preview({
          repository: { owner: host.namespace, name: 'basket' },
        });
        return body.read?.join() === 'compose.yaml';
      });
    });

    it('says why the host refuses to make it, and makes it once the host does not', async () => {
      for (const [at, refusal] of (host.refusals ?? []).entries()) {
        const name = `refused-${at}`;
        refusal.begin();
        const id = await addService(name);
        const failed = await skeletonThatIs('failed', id).finally(refusal.end);
        expect(failed.message).toContain(refusal.words);
        expect(failed.message).not.toContain('token-of-slipway');
        expect(await skeletonThatIs('done', id)).toMatchObject({
          repository: expect.stringContaining(`${host.namespace}/${name}`),
        });
      }
    });

    it('says that the name is taken, and leaves alone what lies in a repository of that name', async () => {
      const before = (await preview()).body.commit;
      const id = await addService('usurper', 'legacy');
      const { message } = await skeletonThatIs('failed', id);
      expect(message).toContain('The name is taken');
      expect(message).toContain(`${host.namespace}/legacy`);
      expect((await preview()).body.commit).toBe(before);
    });

    it('installs the webhook of a binding that is merged, and proves it by a ping', async () => {
      await repositories.commit(repositories.platform, {
        [BINDING_PATH]: BINDING(host.namespace),
      });
      const reachable = await portal.until(async () => {
        const found = await conditionOf('WebhookReachable');
        return found?.status === 'True' && found;
      });
      expect(reachable.reason).toBe('WebhookAnswered');
      expect(await conditionOf('WebhookInstalled')).toMatchObject({
        status: 'True',
        reason: 'WebhookInstalled',
      });
      const [binding] = await bindings();
      expect(binding).toMatchObject({
        name: 'legacy',
        webhookUrl: `${door.url}/api/slipway/v1alpha1/webhooks/shop/legacy`,
        ping: { allowed: true },
      });
      expect(Date.parse(binding.pingAnsweredAt)).toBeGreaterThanOrEqual(
        Date.parse(binding.pingAskedAt),
      );
      expect(await host.webhooks()).toEqual([binding.webhookUrl]);
    });

    it('shows the repository as bound, and its secret nowhere', async () => {
      const { body } = await portal
        .as('dana')
        .get('/repositories?organization=shop&text=legacy');
      expect(body.items[0].boundTo).toBe('shop/legacy');
      const said = JSON.stringify([
        await bindings(),
        portal.logged,
        portal.audit,
      ]);
      expect(said).not.toContain(KEY);
      expect(said).not.toMatch(/[0-9a-f]{64}/);
    });

    it('takes a delivery once, and none that is not signed with the binding’s secret', async () => {
      const [last] = door.came.slice(-1);
      const send = (change: {
        headers?: object;
        body?: Buffer;
        path?: string;
      }) =>
        fetch(`${door.url}${change.path ?? last.path}`, {
          method: 'POST',
          headers: {
            ...(last.headers as Record<string, string>),
            ...change.headers,
          },
          body: new Uint8Array(change.body ?? last.body),
        });
      const again = await send({});
      expect([again.status, await again.json()]).toEqual([
        202,
        { duplicate: true },
      ]);
      const forged = Object.fromEntries(
        Object.keys(last.headers)
          .filter(name => /signature|token/.test(name))
          .map(name => [name, 'f'.repeat(64)]),
      );
      const audited = portal.audit.length;
      const refused = [
        await send({ headers: forged }),
        await send({ path: last.path.replace('/shop/', '/bank/') }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([401, 401]);
      const [one, other] = await Promise.all(
        refused.map(
          async answer => ((await answer.json()) as { detail: string }).detail,
        ),
      );
      expect(one).toBe(other);
      expect(portal.audit.slice(audited)).toEqual([
        {
          eventId: 'webhook-delivery',
          status: 'failed',
          meta: { organization: 'shop', binding: 'legacy' },
        },
        {
          eventId: 'webhook-delivery',
          status: 'failed',
          meta: { organization: 'bank', binding: 'legacy' },
        },
      ]);
    });

    it('pings again for who may change the organization, and writes down who asked', async () => {
      const path = '/organizations/shop/bindings/legacy/ping';
      expect((await portal.as('guest').post(path)).status).toBe(403);
      const [before] = await bindings();
      const { status } = await portal.as('dana').post(path);
      expect(status).toBe(202);
      await portal.until(async () => {
        const [now] = await bindings();
        return now.pingAnsweredAt > before.pingAnsweredAt;
      });
      expect(portal.audit).toContainEqual({
        eventId: 'webhook-ping',
        status: 'succeeded',
        meta: { organization: 'shop', binding: 'legacy' },
      });
      const guest = await portal
        .as('guest')
        .get('/organizations/shop/bindings');
      expect(guest.body.items[0].ping).toMatchObject({ allowed: false });
    });

    it('installs it again where somebody took it away at the host', async () => {
      await host.removeWebhooks();
      await portal.as('dana').post('/organizations/shop/bindings/legacy/ping');
      await portal.until(async () => (await host.webhooks()).length === 1);
      await portal.until(
        async () => (await conditionOf('WebhookReachable'))?.status === 'True',
      );
      expect(await host.webhooks()).toHaveLength(1);
    });

    it('removes it with the binding', async () => {
      await repositories.commit(repositories.platform, {
        [BINDING_PATH]: null,
      });
      await portal.until(async () => (await host.webhooks()).length === 0);
      expect(await bindings()).toEqual([]);
    });

    it('installs none in a repository of somebody else', async () => {
      await repositories.commit(repositories.platform, {
        [BINDING_PATH]: BINDING('somebody'),
      });
      const condition = await portal.until(() =>
        conditionOf('WebhookInstalled'),
      );
      expect(condition).toMatchObject({
        status: 'False',
        reason: 'RepositoryOfSomebodyElse',
      });
    });
  });
}
