import { createHmac } from 'node:crypto';
import request from 'supertest';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { pathOf, SERVICE } from '../../hardening/__testUtils__/requests';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();

const SECRET = 'a-secret-of-the-organization-shop-1234567890';
const REVISION = 'a'.repeat(40);
/** Built from one branch of one repository. */
const SPEC = SERVICE('pay').replace(
  '      port: 8080',
  '      source: { repository: shop/pay, branch: main }\n      port: 8080',
);

describe('what pipelines sign', () => {
  let repositories: TestRepositories;
  let portal: TestPortal;

  beforeAll(async () => {
    repositories = await createTestRepositories();
    const shop = await repositories.file(
      repositories.platform,
      'organizations/shop/organization.yaml',
    );
    await repositories.commit(repositories.platform, {
      [pathOf('pay')]: SPEC,
      // A second organization has a service of this name, and another owner.
      'organizations/other/organization.yaml': shop
        .replaceAll('shop', 'other')
        .replaceAll('group:default/payments', 'group:default/others'),
      'organizations/other/services/pay.yaml': SPEC.replaceAll(
        'shop',
        'other',
      ).replaceAll('group:default/payments', 'group:default/others'),
    });
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
      slipway: {
        revisions: {
          secrets: [{ organization: 'shop', name: 'ci', secret: SECRET }],
        },
      },
    });
    await portal.until(async () => {
      const { body } = await portal.as('priya').get('/services');
      return (
        (body.items as Array<{ name: string }> | undefined)?.filter(
          ({ name }) => name === 'pay',
        ).length === 2
      );
    });
  });
  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  /** Sends a body to a path; what is signed may be for another path, or by another secret. */
  const signed = async (
    path: string,
    body: object,
    { signedPath = path, secret = SECRET } = {},
  ) => {
    const at = Math.floor(Date.now() / 1000);
    const text = JSON.stringify(body);
    const signature = createHmac('sha256', secret)
      .update([at, `/v1alpha1${signedPath}`, text].join('\n'))
      .digest('hex');
    const answer = await request(portal.backend.server)
      .post(`/api/slipway/v1alpha1${path}`)
      .set('Content-Type', 'application/json')
      .set('Slipway-Timestamp', String(at))
      .set('Slipway-Signature', `v1=${signature}`)
      .send(text);
    return { status: answer.status, body: answer.body };
  };
  const report = { revision: REVISION, branch: 'main' };
  const edit = (path: string, spec: object = { replicas: 2 }) => ({
    path,
    action: 'apply',
    spec,
  });

  it('is good for the service that it was signed for, and for no other', async () => {
    const signedPath = '/services/shop/pay/revisions';
    expect((await signed(signedPath, report)).status).toBe(202);
    for (const path of [
      '/services/shop/checkout/revisions',
      '/services/other/pay/revisions',
    ])
      expect([
        path,
        (await signed(path, report, { signedPath })).status,
      ]).toEqual([path, 401]);
    const elsewhere = await signed('/dispatches', edit('projects/pay'), {
      signedPath,
    });
    expect(elsewhere.status).toBe(401);
  });

  it('is compared with the path as it was sent, whatever its encoding', async () => {
    const encoded = '/services/shop/p%61y/revisions';
    expect((await signed(encoded, report)).status).toBe(202);
    const other = { signedPath: '/services/shop/pay/revisions' };
    expect((await signed(encoded, report, other)).status).toBe(401);
  });

  it('is refused alike, whatever there is, where the secret is a wrong one', async () => {
    const stranger = { secret: 'no secret of anybody' };
    const answers = await Promise.all([
      ...[
        'projects/pay',
        'projects/nothing',
        'organizations/other/services/pay',
        'no path at all',
      ].map(path => signed('/dispatches', edit(path), stranger)),
      signed('/services/shop/pay/revisions', report, stranger),
      signed('/services/shop/nothing/revisions', report, stranger),
    ]);
    for (const { status, body } of answers)
      expect([status, body.detail]).toEqual([401, answers[0].body.detail]);
  });

  it('names a service of the organization that signed, also where others have one of that name', async () => {
    const short = await signed('/dispatches', edit('projects/pay'));
    expect([short.status, short.body.key ?? short.body.detail]).toEqual([
      202,
      'dispatch:shop/pay',
    ]);
    const foreign = edit('organizations/other/services/pay');
    expect((await signed('/dispatches', foreign)).status).toBe(401);
  });

  it('is a report of what was built, also in the general form: that of another branch, or of none, goes nowhere', async () => {
    const told = async (git: object) => {
      const { status, body } = await signed(
        '/dispatches',
        edit('organizations/shop/services/pay/workloads/web', {
          git: { hash: REVISION, ...git },
        }),
      );
      expect([status, body.key]).toEqual([202, undefined]);
      return body.revision;
    };
    const ignored = (reason: string) => ({
      accepted: [],
      ignored: [
        expect.objectContaining({ reason: expect.stringContaining(reason) }),
      ],
    });
    expect(await told({ branch: 'feature/x' })).toEqual(
      ignored('from the branch main, not from feature/x'),
    );
    expect(await told({ branch: 'main', owner: 'fork', repo: 'pay' })).toEqual(
      ignored('not from fork/pay'),
    );
    expect(await told({})).toEqual(ignored('send branch (or git.branch)'));
    expect(await told({ branch: 'main' })).toMatchObject({
      id: expect.any(String),
    });
  });

  it('tells whoever has credentials only of services that they may see', async () => {
    const body = edit('projects/pay');
    const hidden = await portal.as('nobody').post('/dispatches', body);
    expect(hidden.status).toBe(404);
    const both = await portal.as('priya').post('/dispatches', body);
    expect([both.status, both.body.detail]).toEqual([
      400,
      expect.stringContaining('Several organizations'),
    ]);
  });
});
