import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { sandboxConfig } from '../../hardening/__testUtils__/sandboxConfig';
import { Hand } from '../../reconcile/drift/__testUtils__/Hand';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
jest.setTimeout(180_000);

const CLASS = `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: loose }
spec:
  description: Nothing is put back by itself.
  quota: small
  cost: { base: { cents: 100, currency: EUR } }
  delivery: { mode: direct, form: rendered, selfHeal: false }
  approval: { required: false, count: 1, groups: [], on: structure }
`;
const HEALING = CLASS.replace('name: loose', 'name: healing').replace(
  'selfHeal: false',
  'selfHeal: true',
);
const SPEC_PATH = 'organizations/shop/services/drifty.yaml';
const SPEC = `# Kept by hand.
apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: drifty
spec:
  organization: shop
  owner: group:default/payments
  lifecycle: production
  workloads:
    - name: web
      image: { repository: registry.example.com/shop/web, revision: v1 } # pinned
      port: 8080
      replicas: 2 # two are enough
      env:
        - name: LOG
          value: info
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - name: prod
      class: loose
      cluster: eu
    - name: healed
      class: healing
      cluster: eu
`;
const PATH = '/environments/shop/drifty/prod';
const NAMESPACE = 'shop--drifty--prod';
const DEPLOYMENT = { kind: 'Deployment', namespace: NAMESPACE, name: 'web' };
const CANARY = 'hunter2-is-a-secret';

describe('what drifted, over HTTP', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;
  let hand: Hand;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 500 },
    });
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      'classes/loose.yaml': CLASS,
      'classes/healing.yaml': HEALING,
      [SPEC_PATH]: SPEC,
    });
    portal = await startTestPortal({
      repositories,
      db: await databases.migrated('SQLITE_3'),
      config: sandboxConfig(sandbox, repositories),
    });
    const [{ name, url, token }] = sandbox.clusters;
    hand = new Hand({
      info: {
        name,
        title: name,
        sandbox: true,
        argocd: { cluster: name, namespace: 'argocd', destination: {} },
      },
      connection: { url, skipTLSVerify: false, token: () => token },
    });
    await portal.until(async () => {
      const { body } = await portal.as('dana').get(PATH);
      return (
        body.drift?.state === 'none' &&
        body.conditions
          .slice(0, 9)
          .every((c: { status: string }) => c.status === 'True')
      );
    }, 60);
  });
  afterAll(async () => {
    hand?.close();
    await portal?.stop();
    await sandbox?.stop();
    await repositories?.remove();
  });

  const drift = async () => (await portal.as('dana').get(`${PATH}/drift`)).body;
  const drifted = (fields: number) =>
    portal.until(async () => {
      const body = await drift();
      const count = body.objects.flatMap(
        (o: { fields: object[] }) => o.fields,
      ).length;
      return count === fields && body;
    }, 30);
  const told = async () =>
    (
      (await portal.as('dana').get(`${PATH}/timeline?limit=500`)).body
        .items as Array<{
        type: string;
        reason: string;
        title: string;
        actor?: string;
      }>
    ).reverse();

  it('says that nothing drifted, with the age of the answer and Argo CD’s verdict', async () => {
    const { status, body } = await portal.as('guest').get(`${PATH}/drift`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'none',
      checkedAt: expect.any(String),
      selfHeal: false,
      objects: [],
      argocd: { sync: 'Synced', agrees: true },
      allowed: { putBack: { allowed: false }, accept: { allowed: false } },
    });
  });

  it('names each field with both values, who, and where it stands in the spec', async () => {
    await hand.patch(DEPLOYMENT, 'kubectl-edit', {
      metadata: { annotations: { 'example.com/by': 'hand' } },
      spec: {
        replicas: 5,
        template: {
          spec: {
            containers: [
              { name: 'web', image: 'registry.example.com/shop/web:v2' },
            ],
          },
        },
      },
    });
    const body = await drifted(3);
    expect(body.objects).toEqual([
      {
        apiVersion: 'apps/v1',
        ...DEPLOYMENT,
        missing: false,
        part: 'workload',
        fields: [
          expect.objectContaining({
            path: 'metadata.annotations[example.com/by]',
            why: 'foreign',
            accept: {
              possible: false,
              reason: expect.stringContaining('no field of the spec'),
            },
          }),
          expect.objectContaining({
            path: 'spec.replicas',
            wanted: 2,
            found: 5,
            tool: 'kubectl edit',
            operation: 'Update',
            accept: {
              possible: true,
              file: SPEC_PATH,
              specPath: 'workloads[web].replicas',
              line: 14,
            },
          }),
          expect.objectContaining({
            path: 'spec.template.spec.containers[name=web].image',
            accept: expect.objectContaining({
              possible: true,
              specPath: 'workloads[web].image.revision',
            }),
          }),
        ],
      },
    ]);
    const details = (await portal.as('dana').get(PATH)).body;
    expect(details.drift).toMatchObject({
      state: 'drifted',
      objects: 1,
      fields: 3,
    });
    expect(details.conditions.at(-1)).toMatchObject({
      type: 'Drifted',
      status: 'True',
      reason: 'Drifted',
    });
    const list = (await portal.as('dana').get('/environments')).body;
    const states = list.items
      .filter(({ service }: { service: string }) => service === 'drifty')
      .map((e: { name: string; drift: { state: string } }) => [
        e.name,
        e.drift.state,
      ]);
    expect(states).toContainEqual(['prod', 'drifted']);
  });

  it('tells everybody what they may do, and refuses the rest with who can help', async () => {
    const allowed = async (person: 'dana' | 'priya' | 'guest') =>
      (await portal.as(person).get(PATH)).body.allowed;
    for (const person of ['dana', 'priya'] as const) {
      expect(await allowed(person)).toMatchObject({
        putBack: { allowed: true },
        accept: { allowed: true },
        sync: { allowed: true },
        refresh: { allowed: true },
        logs: { allowed: true },
        approve: { allowed: false, reason: 'Nothing waits for an approval.' },
      });
    }
    const guest = await allowed('guest');
    for (const act of [
      'reconcile',
      'refresh',
      'sync',
      'putBack',
      'accept',
      'logs',
    ]) {
      expect(guest[act]).toEqual({
        allowed: false,
        reason: expect.stringMatching(
          /slipway\..* Ask group:default\/payments or the platform team/,
        ),
      });
    }
    const field = {
      apiVersion: 'apps/v1',
      ...DEPLOYMENT,
      path: 'spec.replicas',
    };
    const asked: Array<[string, object]> = [
      ['drift/put-back', {}],
      ['drift/accept', { fields: [field] }],
      ['refresh', {}],
      ['sync', {}],
    ];
    for (const [path, body] of asked) {
      const answer = await portal.as('guest').post(`${PATH}/${path}`, body);
      expect([path, answer.status]).toEqual([path, 403]);
      const nobody = await portal.as('nobody').post(`${PATH}/${path}`, body);
      expect([path, nobody.status]).toEqual([path, 404]);
    }
    expect((await portal.as('guest').get(`${PATH}/logs?pod=x`)).status).toBe(
      403,
    );
    expect((await portal.as('nobody').get(`${PATH}/drift`)).status).toBe(404);
    expect(await drift()).toMatchObject({ state: 'drifted' });
  });

  it('accepts several fields in one change request, with an edit that leaves the rest alone', async () => {
    const at = { apiVersion: 'apps/v1', ...DEPLOYMENT };
    const refused = await portal.as('dana').post(`${PATH}/drift/accept`, {
      fields: [{ ...at, path: 'metadata.annotations[example.com/by]' }],
    });
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('no field of the spec');

    const fields = [
      { ...at, path: 'spec.replicas' },
      { ...at, path: 'spec.template.spec.containers[name=web].image' },
    ];
    const { status, body } = await portal
      .as('dana')
      .post(`${PATH}/drift/accept`, { fields });
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.any(String), created: true });
    const again = await portal
      .as('dana')
      .post(`${PATH}/drift/accept`, { fields });
    expect(again.body).toEqual({ id: body.id, created: false });
    const change = (await portal.as('dana').get(`/change-requests/${body.id}`))
      .body;
    expect(change.files).toHaveLength(1);
    const lines = change.files[0].patch
      .split('\n')
      .filter((line: string) => /^[+-] /.test(line));
    expect(lines.sort()).toEqual([
      '+      image: { repository: registry.example.com/shop/web, revision: v2 } # pinned',
      '+      replicas: 5 # two are enough',
      '-      image: { repository: registry.example.com/shop/web, revision: v1 } # pinned',
      '-      replicas: 2 # two are enough',
    ]);
  });

  it('puts back what was asked for, and tells who asked', async () => {
    const answer = await portal.as('dana').post(`${PATH}/drift/put-back`);
    expect(answer.status).toBe(202);
    await portal.until(async () => (await drift()).state === 'none', 30);
    const events = await told();
    const last = events.filter(({ type }) => type === 'Drifted').slice(-2);
    expect(last).toEqual([
      expect.objectContaining({
        reason: 'PutBackAsked',
        actor: 'user:default/dana',
      }),
      expect.objectContaining({
        reason: 'NotDrifted',
        actor: 'user:default/dana',
        title: expect.stringMatching(/^Drift put back by dana after \d+ s$/),
      }),
    ]);
    const nothing = await portal.as('dana').post(`${PATH}/drift/put-back`);
    expect(nothing.status).toBe(409);
  });

  it('asks Argo CD to compare and to sync, in the name of who asked', async () => {
    const { checkedAt } = await drift();
    expect((await portal.as('dana').post(`${PATH}/refresh`)).status).toBe(202);
    await portal.until(async () => (await drift()).checkedAt > checkedAt, 30);
    const answer = await portal.until(async () => {
      const response = await portal.as('dana').post(`${PATH}/sync`);
      return response.status !== 409 && response;
    });
    expect(answer.status).toBe(202);
    const events = await told();
    expect(
      events.filter(({ reason }) =>
        ['Refreshed', 'SyncAsked'].includes(reason),
      ),
    ).toEqual([
      expect.objectContaining({
        reason: 'Refreshed',
        actor: 'user:default/dana',
      }),
      expect.objectContaining({
        reason: 'SyncAsked',
        actor: 'user:default/dana',
      }),
    ]);
  });

  it('leaves an audit event for each of the acts, also for those that were refused', () => {
    const seen = new Set(
      portal.audit.map(({ eventId, status }) => `${eventId} ${status}`),
    );
    for (const act of [
      'drift-put-back',
      'drift-accept',
      'environment-refresh',
      'environment-sync',
    ]) {
      expect(seen).toContain(`${act} succeeded`);
      expect(seen).toContain(`${act} failed`);
    }
  });

  it('tells what Argo CD put back by itself, and after how long', async () => {
    const path = '/environments/shop/drifty/healed';
    await portal.until(async () => {
      const { body } = await portal.as('dana').get(path);
      return body.drift?.state === 'none';
    }, 60);
    const namespace = 'shop--drifty--healed';
    await hand.patch({ ...DEPLOYMENT, namespace }, 'kubectl-edit', {
      spec: { replicas: 7 },
    });
    const events = await portal.until(async () => {
      const { body } = await portal.as('dana').get(`${path}/timeline`);
      const found = body.items.filter(
        ({ type }: { type: string }) => type === 'Drifted',
      );
      return found[0]?.reason === 'NotDrifted' && found;
    }, 60);
    expect(events[0].title).toMatch(/put back by Argo CD after \d+ s$/);
    expect(events[0].data).toMatchObject({ by: 'argocd' });
    const { body } = await portal.as('dana').get(`${path}/drift`);
    expect(body).toMatchObject({ state: 'none', selfHeal: true });
  });

  it('shows one object as in Git and as it is, with managers, containers and events', async () => {
    const query = 'apiVersion=apps%2Fv1&kind=Deployment&name=web&namespace=';
    const { status, body } = await portal
      .as('guest')
      .get(`${PATH}/object?${query}${NAMESPACE}`);
    expect(status).toBe(200);
    expect(body.wanted).toContain('image: registry.example.com/shop/web:v1');
    expect(body.wantedPath).toMatch(/workload\/deployment-web\.yaml$/);
    expect(body.live).toContain('readyReplicas');
    expect(body.live).not.toContain('managedFields');
    expect(body.managers).toContainEqual(
      expect.objectContaining({
        manager: 'argocd-controller',
        tool: 'Argo CD',
        operation: 'Apply',
      }),
    );
  });

  it.each([
    ['of nobody', 'apiVersion=v1&kind=Namespace&name=kube-system', 404],
    [
      'of another namespace',
      'apiVersion=v1&kind=ConfigMap&name=kube-root-ca.crt&namespace=kube-system',
      404,
    ],
    [
      'behind a path',
      `apiVersion=v1&kind=Pod&name=..%2Fsecrets%2Fdb&namespace=${NAMESPACE}`,
      400,
    ],
    [
      'in a namespace that is a path',
      'apiVersion=v1&kind=Pod&name=x&namespace=..',
      400,
    ],
  ])('shows no object %s', async (_, query, status) => {
    const answer = await portal.as('guest').get(`${PATH}/object?${query}`);
    expect(answer.status).toBe(status);
  });

  it('shows no log of a Pod behind a path', async () => {
    for (const pod of ['..', '..%2F..%2Fkube-system%2Fpods%2Fdns']) {
      const { status } = await portal
        .as('priya')
        .get(`${PATH}/logs?pod=${pod}`);
      expect(status).toBe(400);
    }
  });

  it('shows the end of a log, and says when there is more', async () => {
    const { objects } = (await portal.as('dana').get(PATH)).body;
    const pod = objects.find(
      ({ kind }: { kind: string }) => kind === 'Pod',
    ).name;
    const { status, body } = await portal
      .as('dana')
      .get(`${PATH}/logs?pod=${pod}&tail=1`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ pod, container: 'web', containers: ['web'] });
    expect(body.lines).toHaveLength(1);
    const wrong = await portal
      .as('dana')
      .get(`${PATH}/logs?pod=${pod}&container=nope`);
    expect(wrong.status).toBe(404);
    expect(wrong.body.detail).toContain('it has web');
  });

  it('pages the timeline without a gap', async () => {
    const all = (await portal.as('dana').get(`${PATH}/timeline?limit=500`)).body
      .items;
    const paged: object[] = [];
    let before = '';
    do {
      const { body } = await portal
        .as('dana')
        .get(`${PATH}/timeline?limit=4${before && `&before=${before}`}`);
      paged.push(...body.items);
      before = body.nextCursor ?? '';
    } while (before);
    expect(paged).toEqual(all);
  });

  it('never shows what a Secret holds', async () => {
    await hand.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'canary',
        namespace: NAMESPACE,
        labels: {
          'slipway.dev/organization': 'shop',
          'slipway.dev/service': 'drifty',
          'slipway.dev/environment': 'prod',
        },
      },
      stringData: { password: CANARY },
    });
    await hand.patch(
      { kind: 'Secret', namespace: NAMESPACE, name: 'canary' },
      'kubectl-edit',
      {
        stringData: { password: `${CANARY}-2` },
      },
    );
    const { status, text } = await portal
      .as('priya')
      .get(
        `${PATH}/object?apiVersion=v1&kind=Secret&name=canary&namespace=${NAMESPACE}`,
      );
    expect(status).toBe(200);
    const everything = [
      text,
      (await portal.as('priya').get(`${PATH}/drift`)).text,
      (await portal.as('priya').get(PATH)).text,
      JSON.stringify(await told()),
      portal.logged.join('\n'),
    ].join('\n');
    expect(everything).not.toContain(CANARY);
    expect(everything).not.toContain(Buffer.from(CANARY).toString('base64'));
  });

  it('answers for a dead cluster with what is last known, and only where it must be asked', async () => {
    sandbox.faults.set({ status: 503 });
    const query = 'apiVersion=apps%2Fv1&kind=Deployment&name=web&namespace=';
    const object = await portal
      .as('dana')
      .get(`${PATH}/object?${query}${NAMESPACE}`);
    const sync = await portal.as('dana').post(`${PATH}/sync`);
    const page = await portal.as('dana').get(`${PATH}/drift`);
    sandbox.faults.set({});
    expect(object.status).toBe(503);
    expect(object.type).toBe('application/problem+json');
    expect(object.body.detail).toMatch(/last known|since the portal started/);
    expect(sync.status).toBe(503);
    expect(page.status).toBe(200);
    expect(page.body.checkedAt).toBeDefined();
  });
});
