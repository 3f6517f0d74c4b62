import { createHmac } from 'node:crypto';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import type { ApiPromotion, ApiRelease } from '@slipway/plugin-slipway-common';
import request from 'supertest';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { sandboxConfig } from '../../hardening/__testUtils__/sandboxConfig';
import { environmentClass } from '../../__testUtils__/environmentClass';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
// Argo CD, the reconcilers and the writer take their time on a busy machine.
jest.setTimeout(300_000);

const SECRET = 'a-secret-of-the-organization-shop-1234567890';
const SPEC_PATH = 'organizations/shop/services/pay.yaml';
const SPEC = `# Kept by hand.
apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: pay
spec:
  organization: shop
  owner: group:default/payments
  lifecycle: production
  workloads:
    - name: web
      source: { repository: shop/pay, branch: main }
      image: { repository: registry.example.com/shop/pay }
      port: 8080
      resources: { cpu: 100m, memory: 128Mi } # enough
      migrations: true
  environments:
    - name: staging
      class: quick
      cluster: eu
    - name: production
      class: careful
      cluster: eu
      promoteFrom: staging
`;
const E = '/environments/shop/pay';
const [A, B, C, OLD] = ['a', 'b', 'c', 'd'].map(sign => sign.repeat(40));
const DIGEST = `sha256:${'1'.repeat(64)}`;
const FOLDER = 'clusters/eu/shop/pay';

describe('releases over HTTP', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;

  type Body = {
    conditions: Array<{ type: string; status: string; reason: string }>;
    release: Record<string, { revision: string; digest?: string }>;
    gates: Array<{ open: boolean }>;
    allowed: Record<string, { allowed: boolean; reason?: string }>;
    approvalDigest: string;
  };
  const said = ({ conditions }: Body, type: string, status: string) =>
    conditions.some(one => one.type === type && one.status === status);
  const environment = <T>(
    name: string,
    probe: (body: Body) => T | undefined | false,
  ) =>
    portal.until(async () => {
      const { body } = await portal.as('dana').get(`${E}/${name}`);
      return body.conditions && probe(body as Body);
    }, 120);
  const healthyWith = (name: string, revision: string) =>
    environment(
      name,
      body =>
        body.release.web?.revision === revision &&
        said(body, 'Synced', 'True') &&
        said(body, 'Healthy', 'True'),
    );
  const report = (body: object, person: 'dana' | 'guest' | 'nobody' = 'dana') =>
    portal
      .as(person)
      .post('/services/shop/pay/revisions', { branch: 'main', ...body });
  const signed = (
    path: string,
    body: object,
    {
      secret = SECRET,
      at = Math.floor(Date.now() / 1000),
      sent = JSON.stringify(body),
      signedPath = path,
    } = {},
  ) => {
    const text = JSON.stringify(body);
    const signature = createHmac('sha256', secret)
      .update(`${at}\n/v1alpha1${signedPath}\n${text}`)
      .digest('hex');
    return request(portal.backend.server)
      .post(`/api/slipway/v1alpha1${path}`)
      .set('Content-Type', 'application/json')
      .set('Slipway-Timestamp', String(at))
      .set('Slipway-Signature', `v1=${signature}`)
      .send(sent);
  };
  const whyNot = (body: {
    ignored: Array<{ environment: string; reason: string }>;
  }) =>
    body.ignored.find(({ environment: name }) => name === 'staging')?.reason;
  const releases = async () =>
    (await portal.as('dana').get('/services/shop/pay/releases')).body
      .items as ApiRelease[];
  const merge = async (id: string) => {
    const change = (await portal.as('dana').get(`/change-requests/${id}`)).body;
    const approved = await portal
      .as('priya')
      .post(`/change-requests/${id}/approve`, {
        headCommit: change.headCommit,
      });
    expect([approved.status, approved.body.detail]).toEqual([200, undefined]);
    const merged = await portal
      .as('dana')
      .post(`/change-requests/${id}/merge`, { headCommit: change.headCommit });
    expect([merged.status, merged.body.detail]).toEqual([200, undefined]);
  };

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 500 },
    });
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      'classes/quick.yaml': environmentClass('quick', 'direct'),
      'classes/careful.yaml': environmentClass(
        'careful',
        'change-request',
        '  approval: { required: true, count: 1, groups: [], on: every-release }\n',
      ),
      [SPEC_PATH]: SPEC,
    });
    const config = sandboxConfig(sandbox, repositories) as {
      slipway: Record<string, unknown>;
    };
    config.slipway.revisions = {
      secrets: [{ organization: 'shop', name: 'ci', secret: SECRET }],
    };
    portal = await startTestPortal({
      repositories,
      db: await databases.migrated('SQLITE_3'),
      config,
    });
    await environment('staging', body =>
      said(body, 'Provisioned', 'True') ? body : undefined,
    );
  });
  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    await repositories?.remove();
  });

  it('refuses what can’t be meant, and says what is allowed', async () => {
    const answers: Array<[object, number, RegExp]> = [
      [{ revision: 'main' }, 400, /full SHA/],
      [{ revision: A.slice(0, 7) }, 400, /40 \(or 64\)/],
      [{ revision: A, digest: 'sha256:1' }, 400, /64 hexadecimal digits/],
      [
        { revision: A, digest: `registry.example.com/evil/pay@${DIGEST}` },
        400,
        /of the image registry.example.com\/evil\/pay/,
      ],
      [
        { revision: A, workloads: ['wep'] },
        400,
        /no workload 'wep'; there is web/,
      ],
      [{ revision: A, environments: ['prod'] }, 400, /staging, production/],
      [{}, 400, /revision/],
    ];
    for (const [body, status, detail] of answers) {
      const answer = await report(body);
      expect([
        answer.status,
        answer.body.detail ?? answer.body.error?.message,
      ]).toEqual([status, expect.stringMatching(detail)]);
    }
    const unknown = await portal
      .as('dana')
      .post('/services/shop/nothing/revisions', { revision: A });
    expect(unknown.status).toBe(404);
    expect((await report({ revision: A }, 'guest')).status).toBe(403);
    expect((await report({ revision: A }, 'nobody')).status).toBe(404);
    expect(await releases()).toEqual([]);
  });

  it('checks signatures, and audits those that are wrong', async () => {
    const path = '/services/shop/pay/revisions';
    const now = Math.floor(Date.now() / 1000);
    const body = { revision: A };
    const wrong = [
      signed(path, body, { secret: `${SECRET}x` }),
      signed(path, body, { sent: JSON.stringify({ revision: B }) }),
      signed(path, body, { at: now - 400 }),
      signed(path, body, { at: now + 400 }),
      signed('/services/acme/pay/revisions', body),
      signed('/services/shop/checkout/revisions', body, { signedPath: path }),
      signed('/services/shop/pay/revisions', body).set('Slipway-Signature', ''),
      signed(path, body).set('Slipway-Timestamp', 'yesterday'),
    ];
    for (const one of wrong) {
      const { status, text } = await one;
      expect([status, text]).toEqual([401, expect.any(String)]);
      expect(text).not.toContain(SECRET);
    }
    const none = await request(portal.backend.server)
      .post(`/api/slipway/v1alpha1${path}`)
      .send(body);
    expect([401, 403]).toContain(none.status);
    expect(await releases()).toEqual([]);
    expect(
      portal.audit.filter(
        ({ eventId, status }) =>
          eventId === 'revision-report' && status === 'failed',
      ).length,
    ).toBeGreaterThanOrEqual(wrong.length);
    expect(JSON.stringify([portal.logged, portal.audit])).not.toContain(SECRET);
  });

  it('opens the build gate with the first revision, by one attributed commit', async () => {
    await environment('staging', body => body.gates.some(({ open }) => !open));
    const { body: early } = await portal
      .as('dana')
      .get(`${E}/production/promotion`);
    expect(early.blocked?.reason).toBe('NothingToPromote');
    expect(early).not.toHaveProperty('diff');
    const before = (
      await repositories.git(repositories.gitops, 'rev-list', 'main')
    ).split('\n');
    const { status, body } = await signed('/services/shop/pay/revisions', {
      revision: A,
      digest: `registry.example.com/shop/pay@${DIGEST}`,
      branch: 'refs/heads/main',
      repository: 'https://git.example.com/shop/pay.git',
      createdAt: '2026-01-02T00:00:00Z',
    });
    expect([status, body.detail]).toEqual([202, undefined]);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
      accepted: [{ environment: 'staging', workload: 'web' }],
      ignored: [
        {
          environment: 'production',
          workload: 'web',
          reason: expect.stringContaining('from staging; promote it'),
        },
      ],
    });
    await healthyWith('staging', A);
    const log = await repositories.git(
      repositories.gitops,
      'log',
      '--format=%an|%s|%(trailers:key=Slipway-Revision,valueonly)',
      `${before[0]}..main`,
      '--',
      `${FOLDER}/staging`,
    );
    expect(log.trim()).toBe(
      `ci of shop|Release aaaaaaa in shop/pay/staging|web=${A}@${DIGEST}`,
    );
    const files = await repositories.git(
      repositories.gitops,
      'show',
      '--name-only',
      '--format=',
      'main',
      '--',
      `${FOLDER}/staging`,
    );
    expect(files).toContain('environment.yaml');
    expect(files).toContain('workload/');
    const [release] = await releases();
    expect(release).toMatchObject({
      id: body.id,
      revision: A,
      by: 'signature:shop/ci',
      where: [{ environment: 'staging', state: 'running' }],
    });
  });

  it('tells what came of a release with it, in the environment and on its page', async () => {
    const rows = async () => {
      const { body } = await portal
        .as('dana')
        .get(`${E}/staging/timeline?limit=100`);
      return body.items as Array<{ type: string; correlation?: string }>;
    };
    const ofA = (items: Array<{ type: string; correlation?: string }>) =>
      items
        .filter(({ correlation }) => correlation === A)
        .map(({ type }) => type);
    const found = await portal.until(async () => {
      const types = ofA(await rows());
      return types.includes('Healthy') && types;
    }, 60);
    expect(found).toEqual(
      expect.arrayContaining([
        'revision.reported',
        'Committed',
        'Synced',
        'Healthy',
      ]),
    );
    expect(found).not.toContain('Declared');
    const [release] = await releases();
    const { body } = await portal
      .as('dana')
      .get(`/services/shop/pay/releases/${release.id}`);
    expect(ofA(body.timeline)).toEqual(
      expect.arrayContaining(['revision.reported', 'Healthy']),
    );
    expect(
      body.timeline.find((row: { type: string }) => row.type === 'Healthy')
        .data,
    ).toMatchObject({ environment: 'staging' });
    const { body: production } = await portal.as('dana').get(`${E}/production`);
    expect(production.promoteFrom).toBe('staging');
  });

  it('takes a revision once, and one that comes late not at all', async () => {
    const again = await report({ revision: A, digest: DIGEST });
    expect(again.body).toMatchObject({
      accepted: [],
      ignored: expect.arrayContaining([
        {
          environment: 'staging',
          workload: 'web',
          reason: expect.stringContaining('known here already'),
        },
      ]),
    });
    const late = await report({
      revision: OLD,
      createdAt: '2026-01-01T00:00:00Z',
    });
    expect(late.body.accepted).toEqual([]);
    expect(whyNot(late.body)).toMatch(/aaaaaaa of .* is newer/);
    const other = await report({ revision: B, branch: 'feature/x' });
    expect(other.body).toEqual({
      accepted: [],
      ignored: expect.arrayContaining([
        expect.objectContaining({
          reason: expect.stringContaining(
            'from the branch main, not from feature/x',
          ),
        }),
      ]),
    });
    const fork = await report({ revision: B, repository: 'mallory/pay' });
    expect(fork.body.accepted).toEqual([]);
    expect(whyNot(fork.body)).toContain('not from mallory/pay');
    const { body } = await portal.as('dana').get(`${E}/staging`);
    expect(body.release.web.revision).toBe(A);
  });

  it('promotes what is healthy, as one change request with the diff', async () => {
    const first: ApiPromotion = (
      await portal.as('dana').get(`${E}/production/promotion`)
    ).body;
    expect(first).toMatchObject({
      from: 'staging',
      allowed: { allowed: true },
      direct: false,
      release: { revision: A },
      diff: { environment: 'production' },
    });
    expect(
      first.diff!.objects.find(({ kind }) => kind === 'Deployment'),
    ).toMatchObject({ verb: 'create' });
    const refused = await portal
      .as('guest')
      .post(`${E}/production/promote`, {});
    expect(refused.status).toBe(403);
    const stale = await portal
      .as('dana')
      .post(`${E}/production/promote`, { digest: 'sha256:other' });
    expect([stale.status, stale.body.detail]).toEqual([
      409,
      expect.stringContaining('has changed since'),
    ]);
    const { digest } = first.diff!;
    const [asked, meanwhile] = await Promise.all(
      [1, 2].map(() =>
        portal.as('dana').post(`${E}/production/promote`, { digest }),
      ),
    );
    expect(asked.body).toMatchObject({ id: expect.any(String), direct: false });
    expect(meanwhile.body.id).toBe(asked.body.id);
    const twice = await portal.as('dana').post(`${E}/production/promote`, {});
    expect(twice.body).toEqual({ ...asked.body, created: false });
    const { body: open } = await portal
      .as('dana')
      .get('/change-requests?state=open');
    expect(open.items).toHaveLength(1);
    const shown: ApiPromotion = (
      await portal.as('dana').get(`${E}/production/promotion`)
    ).body;
    expect(shown.changeRequest?.id).toBe(asked.body.id);

    const change = (
      await portal.as('dana').get(`/change-requests/${asked.body.id}`)
    ).body;
    expect(change.allowed.merge).toBe(false);
    expect(change.allowed.reasons.merge).toContain('needs 1 approval');
    const early = await portal
      .as('dana')
      .post(`/change-requests/${asked.body.id}/merge`, {
        headCommit: change.headCommit,
      });
    expect([early.status, early.body.detail]).toEqual([
      409,
      expect.stringContaining('needs 1 approval'),
    ]);
    await merge(asked.body.id);
    await healthyWith('production', A);
    const same: ApiPromotion = (
      await portal.as('dana').get(`${E}/production/promotion`)
    ).body;
    expect(same.blocked?.reason).toBe('SameRelease');
    const [{ where }] = await releases();
    expect(where.map(({ environment: name }) => name).sort()).toEqual([
      'production',
      'staging',
    ]);
  });

  it('goes back at once where the class says so, and forward again by the same call', async () => {
    await report({ revision: B, createdAt: '2026-02-01T00:00:00Z' });
    await healthyWith('staging', B);
    const known = await releases();
    const before = known.find(({ revision }) => revision === A)!;
    const latest = known.find(({ revision }) => revision === B)!;
    const shown: ApiPromotion = (
      await portal.as('dana').get(`${E}/staging/rollback?to=${before.id}`)
    ).body;
    expect(shown).toMatchObject({
      allowed: { allowed: true },
      direct: true,
      warnings: [expect.stringContaining('migrates its database')],
      release: { id: before.id },
      current: { id: latest.id },
    });
    const back = await portal
      .as('dana')
      .post(`${E}/staging/rollback`, { to: before.id });
    expect(back.body).toEqual({ created: true, direct: true });
    await healthyWith('staging', A);
    const subject = await repositories.git(
      repositories.gitops,
      'log',
      '-1',
      '--format=%s',
      '--',
      `${FOLDER}/staging`,
    );
    expect(subject.trim()).toBe('Revert to aaaaaaa in shop/pay/staging');
    // Neither the poll nor a second delivery of what was rolled back undoes it.
    const again = await report({ revision: B });
    expect(again.body.accepted).toEqual([]);
    expect(whyNot(again.body)).toContain('rolled back to aaaaaaa');

    const forward = await portal
      .as('dana')
      .post(`${E}/staging/rollback`, { to: latest.id });
    expect(forward.body).toEqual({ created: true, direct: true });
    await healthyWith('staging', B);
    const nothing = await portal
      .as('dana')
      .post(`${E}/staging/rollback`, { to: latest.id });
    expect(nothing.body).toEqual({ created: false, direct: true });
    const unknown = await portal
      .as('dana')
      .post(`${E}/staging/rollback`, { to: '0'.repeat(12) });
    expect(unknown.status).toBe(404);
  });

  it('goes back by a change request where the class wants one', async () => {
    const promoted = await portal.as('dana').post('/promotions', {
      items: [
        { organization: 'shop', service: 'pay', environment: 'production' },
      ],
    });
    expect([promoted.status, promoted.body.detail]).toEqual([200, undefined]);
    await merge(promoted.body.id);
    await healthyWith('production', B);
    const before = (await releases()).find(({ revision }) => revision === A)!;
    const back = await portal
      .as('dana')
      .post(`${E}/production/rollback`, { to: before.id });
    expect(back.body).toEqual({
      id: expect.any(String),
      created: true,
      direct: false,
    });
    await merge(back.body.id);
    await healthyWith('production', A);
    const details = (
      await portal.as('dana').get(`/services/shop/pay/releases/${before.id}`)
    ).body;
    expect(details.targets).toEqual([
      {
        environment: 'production',
        rollback: {
          allowed: false,
          reason: expect.stringContaining('already'),
        },
      },
      { environment: 'staging', rollback: { allowed: true } },
    ]);
    expect(details.timeline.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining([
        'revision.reported',
        'release.promoted',
        'release.rolledback',
      ]),
    );
  });

  it('takes repository_dispatch and the general form, and merges the rest into the spec', async () => {
    const event = await signed('/dispatches', {
      event_type: 'slipway-revision',
      client_payload: { service: 'shop/pay', sha: C, branch: 'main' },
    });
    expect([event.status, event.body.revision?.accepted]).toEqual([
      202,
      [{ environment: 'staging', workload: 'web' }],
    ]);
    await healthyWith('staging', C);
    const edit = {
      path: 'projects/pay/applications/web',
      action: 'apply',
      spec: {
        git: { hash: C, branch: 'main' },
        resources: { memory: '256Mi' },
      },
    };
    const at = Math.floor(Date.now() / 1000);
    const answers = await Promise.all([
      signed('/dispatches', edit, { at }),
      signed('/dispatches', edit, { at }),
    ]);
    for (const { status, body } of answers)
      expect([status, body.key]).toEqual([202, 'dispatch:shop/pay']);
    const change = await portal.until(async () => {
      const { body } = await portal
        .as('dana')
        .get('/change-requests?state=open');
      return body.items.find(
        ({ branch }: { branch: string }) =>
          branch === 'slipway/dispatch/shop/pay',
      );
    });
    const { body } = await portal
      .as('dana')
      .get(`/change-requests/${change.id}`);
    const lines = (body.files[0].patch as string)
      .split('\n')
      .filter(line => /^[-+][^-+]/.test(line));
    expect(lines).toEqual([
      '-      resources: { cpu: 100m, memory: 128Mi } # enough',
      '+      resources: { cpu: 100m, memory: 256Mi } # enough',
    ]);
    const refused = await signed('/dispatches', { ...edit, action: 'delete' });
    expect([refused.status, refused.body.detail]).toEqual([
      400,
      expect.stringContaining('allowed is apply'),
    ]);
  });
});
