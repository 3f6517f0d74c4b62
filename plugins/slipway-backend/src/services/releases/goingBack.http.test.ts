import { startSandbox, type Sandbox } from '@slipway/sandbox';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { createStores, type Stores } from '../../database/createStores';
import { PlainGitHost } from '../../git/PlainGitHost';
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

const WORKER = `    - name: worker
      kind: Worker
      source: { repository: shop/worker, branch: main }
      image: { repository: registry.example.com/shop/worker }
      resources: { cpu: 100m, memory: 128Mi }
`;
const SPEC_PATH = 'organizations/shop/services/pay.yaml';
const SPEC = (environments: string[], worker = WORKER) =>
  `apiVersion: slipway.dev/v1alpha1
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
      resources: { cpu: 100m, memory: 128Mi }
${worker}  environments:
${environments.map(one => `    - { ${one}, cluster: eu }\n`).join('')}`;
const FOR_GOOD = [
  'name: staging, class: quick',
  'name: next, class: prompt, promoteFrom: staging',
  'name: manual, class: careful',
];
const PASSING = 'name: passing, class: quick';

const sha = (sign: string) => sign.repeat(40);
const DIGEST = `sha256:${'1'.repeat(64)}`;
const E = '/environments/shop/pay';

describe('going back, and what comes after it', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;
  let stores: Stores;

  type Body = {
    phase: string;
    conditions: Array<{ type: string; status: string }>;
    release: Record<string, { revision: string }>;
    gates: Array<{ open: boolean }>;
  };
  const look = async (name: string) =>
    (await portal.as('dana').get(`${E}/${name}`)).body as Body;
  /** Runs this, and is well. */
  const runs = (name: string, workload: string, sign: string) =>
    portal.until(async () => {
      const { release, conditions } = await look(name);
      return (
        release?.[workload]?.revision === sha(sign) &&
        ['Synced', 'Healthy'].every(type =>
          conditions.some(one => one.type === type && one.status === 'True'),
        )
      );
    }, 120);
  /** Git says this, whoever has looked already. */
  const inGit = async (name: string) =>
    repositories.file(
      repositories.gitops,
      `clusters/eu/shop/pay/${name}/environment.yaml`,
    );
  const report = async (
    environment: string,
    sign: string,
    more: { workload?: string; digest?: string; createdAt?: string } = {},
  ) => {
    const { workload = 'web', ...rest } = more;
    const { status, body } = await portal
      .as('dana')
      .post('/services/shop/pay/revisions', {
        revision: sha(sign),
        branch: 'main',
        environments: [environment],
        workloads: [workload],
        ...rest,
      });
    expect([status, body.detail]).toEqual([202, undefined]);
    return body as {
      accepted: Array<{ environment: string }>;
      ignored: Array<{ environment: string; reason: string }>;
    };
  };
  const releaseOf = async (workloads: Record<string, string>) => {
    const { body } = await portal.as('dana').get('/services/shop/pay/releases');
    const wanted = JSON.stringify(
      Object.entries(workloads).map(([name, sign]) => [name, sha(sign)]),
    );
    const found = (body.items as ApiRelease[]).find(
      one =>
        JSON.stringify(
          one.workloads.map(({ name, revision }) => [name, revision]),
        ) === wanted,
    );
    expect(found).toBeDefined();
    return found!.id;
  };
  const rollBack = (environment: string, to: string) =>
    portal.as('dana').post(`${E}/${environment}/rollback`, { to });
  const wanted = async (environment: string, workload = 'web') =>
    (
      await stores.releases.wanted({ environment: `shop/pay/${environment}` })
    ).find(({ name }) => name === workload);
  /** Has keys looked at, and waits until they have been. */
  const looked = async (...keys: string[]) => {
    await stores.queue.mark(keys);
    await portal.until(async () => {
      const [due, leased] = await Promise.all(
        (['due', 'leased'] as const).map(state =>
          stores.queue.list({ state, limit: 100 }),
        ),
      );
      return ![...due, ...leased].some(({ key }) => keys.includes(key));
    });
  };
  const openChange = async (branch: string) => {
    const { body } = await portal.as('dana').get('/change-requests?state=open');
    return (body.items as Array<{ id: string; branch: string }>).find(
      one => one.branch === branch,
    );
  };
  const delivery = () => openChange('slipway/deliver/shop/pay/manual');
  const act = async (what: 'merge' | 'close', id: string) => {
    const { body } = await portal.as('dana').get(`/change-requests/${id}`);
    const done = await portal
      .as('dana')
      .post(
        `/change-requests/${id}/${what}`,
        what === 'merge' ? { headCommit: body.headCommit } : {},
      );
    expect([done.status, done.body.detail]).toEqual([200, undefined]);
  };
  /** Reports it to the environment that is delivered by change requests, and merges that. */
  const delivered = async (sign: string) => {
    await report('manual', sign);
    await looked('environment:shop/pay/manual');
    await act('merge', (await portal.until(delivery)).id);
    await runs('manual', 'web', sign);
  };
  const declare = (environments: string[], worker?: string) =>
    repositories.commit(repositories.platform, {
      [SPEC_PATH]: SPEC(environments, worker),
    });

  beforeAll(async () => {
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 500 },
    });
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      'classes/quick.yaml': environmentClass('quick', 'direct'),
      'classes/prompt.yaml': environmentClass(
        'prompt',
        'direct',
        '  promotion: { automatic: { after: 1s } }\n',
      ),
      'classes/careful.yaml': environmentClass('careful', 'change-request'),
      [SPEC_PATH]: SPEC([...FOR_GOOD, PASSING]),
    });
    const db = await databases.migrated('SQLITE_3');
    stores = createStores({ db });
    portal = await startTestPortal({
      repositories,
      db,
      config: sandboxConfig(sandbox, repositories),
    });
    await act('merge', (await portal.until(delivery, 120)).id);
    for (const name of ['staging', 'next', 'manual', 'passing'])
      await portal.until(
        async () =>
          (await look(name)).conditions?.some(
            ({ type, status }) => type === 'Provisioned' && status === 'True',
          ),
        120,
      );
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    await repositories?.remove();
  });

  describe('where a class promotes by itself', () => {
    it('leaves alone what somebody reverted in Git, until something newer comes', async () => {
      await report('staging', '1', { workload: 'worker' });
      await report('staging', '1');
      await runs('next', 'web', '1');
      await runs('next', 'worker', '1');
      const before = await repositories.git(
        repositories.gitops,
        'rev-parse',
        'main',
      );
      await report('staging', '2');
      await runs('next', 'web', '2');
      const { serial } = (await wanted('next'))!;

      const folder = 'clusters/eu/shop/pay/next';
      const files = (
        await repositories.git(
          repositories.gitops,
          'ls-tree',
          '-r',
          '--name-only',
          before.trim(),
          folder,
        )
      )
        .trim()
        .split('\n');
      await repositories.commit(
        repositories.gitops,
        Object.fromEntries(
          await Promise.all(
            files.map(async path => [
              path,
              await repositories.git(
                repositories.gitops,
                'show',
                `${before.trim()}:${path}`,
              ),
            ]),
          ),
        ),
        'Revert what is bad',
      );
      await looked('environment:shop/pay/next');
      await runs('next', 'web', '1');
      await looked('promotion:shop/pay/next');
      await looked('environment:shop/pay/next');
      expect((await wanted('next'))!.serial).toBe(serial);
      expect(await inGit('next')).toContain(sha('1'));
      expect(await inGit('next')).not.toContain(sha('2'));

      await report('staging', '3');
      await runs('next', 'web', '3');
    });

    it('leaves alone what was rolled back, whatever happens after it, and goes on with one workload that is newer', async () => {
      await report('staging', '2', { workload: 'worker' });
      await runs('next', 'worker', '2');
      const to = await releaseOf({ web: '1', worker: '1' });
      const back = await rollBack('next', to);
      expect(back.body).toEqual({ created: true, direct: true });
      await runs('next', 'web', '1');
      await stores.timeline.record(
        Array.from({ length: 201 }, (_, nth) => ({
          subject: 'environment:shop/pay/next',
          type: 'Healthy',
          reason: 'Healthy',
          title: 'Well again',
          dedupeKey: `well/${nth}`,
        })),
      );
      const { serial } = (await wanted('next'))!;
      await looked('promotion:shop/pay/next');
      expect((await wanted('next'))!.serial).toBe(serial);

      await report('staging', '4');
      await runs('next', 'web', '4');
      expect((await look('next')).release.worker.revision).toBe(sha('2'));
    });
  });

  describe('where a class is delivered by change requests', () => {
    beforeAll(async () => {
      await report('manual', '1', { workload: 'worker' });
      await delivered('a');
      await delivered('b');
    });

    it('keeps what is on its way when the rollback can’t be opened, and when it is closed', async () => {
      await report('manual', 'c');
      const { id } = await portal.until(delivery);
      const to = await releaseOf({ web: 'a' });
      jest
        .spyOn(PlainGitHost.prototype, 'openChange')
        .mockRejectedValueOnce(new Error('The token lacks the right'));
      expect((await rollBack('manual', to)).status).toBe(500);
      await looked('environment:shop/pay/manual');
      expect(await wanted('manual')).toMatchObject({ revision: sha('c') });
      expect((await wanted('manual'))!.settledAt).toBeUndefined();
      expect((await delivery())?.id).toBe(id);

      const back = await rollBack('manual', to);
      expect(back.body).toMatchObject({ created: true, direct: false });
      await act('close', back.body.id);
      await looked('environment:shop/pay/manual');
      expect((await delivery())?.id).toBe(id);
      expect(await stores.releases.moving('shop/pay/manual')).toBeUndefined();
      await act('merge', id);
      await runs('manual', 'web', 'c');
    });

    it('takes it back when the rollback is merged, and lets neither it nor a rebuild of the bad commit in', async () => {
      await report('manual', 'd');
      const { id } = await portal.until(delivery);
      const back = await rollBack('manual', await releaseOf({ web: 'a' }));
      await act('merge', back.body.id);
      await runs('manual', 'web', 'a');
      await portal.until(async () => !(await delivery()));
      const { body } = await portal.as('dana').get(`/change-requests/${id}`);
      expect(body.state).toBe('closed');
      for (const [sign, digest] of [
        ['d', undefined],
        ['d', DIGEST],
        ['c', DIGEST],
      ] as const) {
        const again = await report('manual', sign, { digest });
        expect(again.accepted).toEqual([]);
        expect(again.ignored[0].reason).toContain('rolled back to aaaaaaa');
      }
      await looked('environment:shop/pay/manual');
      expect(await delivery()).toBeUndefined();
      await delivered('e');
    });

    it('takes back what is on its way when somebody goes back to what runs', async () => {
      await report('manual', 'f');
      await portal.until(delivery);
      const back = await rollBack('manual', await releaseOf({ web: 'e' }));
      expect(back.body).toEqual({ created: false, direct: false });
      await portal.until(async () => !(await delivery()));
      expect(
        (await report('manual', 'f', { digest: DIGEST })).accepted,
      ).toEqual([]);
      expect((await look('manual')).release.web.revision).toBe(sha('e'));
    });
  });

  describe('where an environment or a workload comes again under its name', () => {
    const gone = () =>
      portal.until(async () => {
        const record = await stores.environments.get('shop/pay/passing');
        return record?.phase === 'deleted';
      }, 120);
    const back = () =>
      portal.until(async () => {
        const { phase, gates } = await look('passing');
        return phase !== 'deleted' && gates?.some(({ open }) => !open);
      }, 120);

    const OLD = '2026-01-01T00:00:00Z';
    const NEW = '2026-02-01T00:00:00Z';
    const accepted = async (sign: string, createdAt: string) => {
      for (const workload of ['worker', 'web'])
        expect(
          (await report('passing', sign, { workload, createdAt })).accepted,
        ).toHaveLength(1);
      await runs('passing', 'web', sign);
      await runs('passing', 'worker', sign);
    };

    it('takes the same revision again, and the head of an older branch', async () => {
      await accepted('5', NEW);
      for (const [sign, createdAt] of [
        ['5', NEW],
        ['6', OLD],
      ]) {
        await declare(FOR_GOOD);
        await gone();
        await declare([...FOR_GOOD, PASSING]);
        await back();
        expect(await wanted('passing')).toBeUndefined();
        await accepted(sign, createdAt);
      }
    });

    it('takes the revision of a workload again that was taken out and put back', async () => {
      await declare([...FOR_GOOD, PASSING], '');
      await portal.until(
        async () => !(await look('passing')).release.worker,
        60,
      );
      await declare([...FOR_GOOD, PASSING]);
      await back();
      const again = () =>
        report('passing', '6', { workload: 'worker', createdAt: OLD });
      expect((await again()).accepted).toHaveLength(1);
      await runs('passing', 'worker', '6');
      expect((await again()).accepted).toEqual([]);
    });
  });
});
