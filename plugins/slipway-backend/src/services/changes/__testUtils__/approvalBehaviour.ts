/* eslint-disable jest/no-export -- the same tests are declared for each kind of Git host */
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabases } from '../../../database/__testUtils__/databases';
import { sandboxConfig } from '../../../hardening/__testUtils__/sandboxConfig';
import {
  startTestPortal,
  type TestPortal,
} from '../../../__testUtils__/testPortal';
import {
  createTestRepositories,
  type TestRepositories,
} from '../../../__testUtils__/testRepositories';

/** A Git host with a GitOps repository that is empty. */
export interface ApprovalHost {
  integrations: object;
  features: BackendFeature[];
  /** Clone URL of the GitOps repository. */
  url: string;
  /** The same with somebody's credentials who never opens the portal. */
  remote: string;
  /** Opens a pull request against `main`. */
  open(branch: string): Promise<number>;
  /** Requires `slipway/plan` of whatever is merged into `main`. */
  protect(): Promise<void>;
  /** The state of `slipway/plan` of a commit. */
  check(
    sha: string,
  ): Promise<{ state: string; description: string } | undefined>;
  /** Whether the host merges it. */
  merge(number: number, sha: string): Promise<boolean>;
  stop(): Promise<void>;
}

const CLASS = `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: careful }
spec:
  description: For tests.
  quota: small
  cost: { base: { cents: 100, currency: EUR } }
  approval: { required: true, count: 1, groups: [], on: every-release }
  delivery: { mode: direct, form: rendered, selfHeal: true }
`;
const SPEC = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: pay }
spec:
  organization: shop
  owner: group:default/payments
  lifecycle: production
  workloads:
    - name: web
      image: { repository: registry.example.com/shop/pay }
      port: 8080
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - { name: production, class: careful, cluster: eu }
`;
const [A, B] = ['a', 'b'].map(sign => sign.repeat(40));
const FOLDER = 'clusters/eu/shop/pay/production';
const ENVIRONMENT = '/environments/shop/pay/production';

/** What `slipway/plan` says at a host of a change of the GitOps repository that somebody has to agree to. */
export function approvalBehaviour(
  name: string,
  start: () => Promise<ApprovalHost>,
): void {
  describe(`the approval of a pull request at ${name}`, () => {
    const databases = createTestDatabases();
    let host: ApprovalHost;
    let sandbox: Sandbox;
    let repositories: TestRepositories;
    let portal: TestPortal;
    let clone: string;

    const git = (...args: string[]) => repositories.git(clone, ...args);
    const push = async (
      branch: string,
      path: string,
      edit: (before: string) => string,
    ) => {
      const file = join(clone, path);
      await writeFile(file, edit(await readFile(file, 'utf8').catch(() => '')));
      await git('add', '-A');
      await git('commit', '-q', '-m', 'By hand');
      await git('push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
      return (await git('rev-parse', 'HEAD')).trim();
    };
    const said = (sha: string, state: string) =>
      portal.until(async () => {
        const check = await host.check(sha);
        return check?.state === state && check;
      }, 30);

    beforeAll(async () => {
      host = await start();
      sandbox = await startSandbox({ clusters: [{ name: 'eu' }] });
      repositories = await createTestRepositories();
      await repositories.git(
        repositories.gitops,
        ...['push', '-q', host.remote, 'main'],
      );
      await repositories.commit(repositories.platform, {
        'classes/careful.yaml': CLASS,
        'organizations/shop/services/pay.yaml': SPEC,
      });
      const config = sandboxConfig(sandbox, repositories) as {
        slipway: Record<string, object>;
      };
      config.slipway.gitops = { repository: { url: host.url } };
      portal = await startTestPortal({
        repositories,
        db: await databases.empty('SQLITE_3'),
        features: [...host.features, mockServices.events.factory()],
        config: { ...config, integrations: host.integrations },
      });
      await portal.until(async () => {
        const { status } = await portal
          .as('dana')
          .post('/services/shop/pay/revisions', { revision: A });
        return status < 300;
      }, 60);
      const digest = await portal.until(async () => {
        const { body } = await portal.as('pavel').get(ENVIRONMENT);
        return (
          body.phase === 'pending_approval' &&
          body.gates?.[0]?.revision === A &&
          (body.approvalDigest as string)
        );
      }, 60);
      await portal.as('pavel').post(`${ENVIRONMENT}/approve`, { digest });
      clone = await mkdtemp(join(repositories.root, 'alice-'));
      await git('clone', '-q', host.remote, '.');
      await portal.until(async () => {
        await git('pull', '-q', 'origin', 'main');
        const text = await readFile(
          join(clone, FOLDER, 'environment.yaml'),
          'utf8',
        ).catch(() => '');
        return text.includes(A);
      }, 60);
      await host.protect();
    }, 240_000);
    afterAll(async () => {
      await portal?.stop();
      await sandbox?.stop();
      await repositories?.remove();
      await host?.stop();
    });

    it('keeps the check pending until it is given, fails for what was pushed after it, and lets be merged what was approved', async () => {
      const sha = await push('by-hand', `${FOLDER}/environment.yaml`, before =>
        before.replaceAll(A, B),
      );
      const number = await host.open('by-hand');
      expect(await said(sha, 'pending')).toMatchObject({
        description: expect.stringContaining(
          'shop/pay/production needs 1 approval',
        ),
      });
      expect(await host.merge(number, sha)).toBe(false);

      const { id } = await portal.until(async () => {
        const { body } = await portal.as('pavel').get('/change-requests');
        return body.items.find(
          (item: { number: number }) => item.number === number,
        );
      });
      const approved = await portal
        .as('pavel')
        .post(`/change-requests/${id}/approve`, { headCommit: sha });
      expect([approved.status, approved.body.allowed?.merge]).toEqual([
        200,
        true,
      ]);
      await said(sha, 'success');

      const evil = await push(
        'by-hand',
        `${FOLDER}/workload/evil.yaml`,
        () => 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: evil }\n',
      );
      expect(await said(evil, 'failure')).toMatchObject({
        description: expect.stringContaining('workload/evil.yaml'),
      });
      expect(await host.merge(number, evil)).toBe(false);
      const here = await portal
        .as('pavel')
        .post(`/change-requests/${id}/merge`, { headCommit: evil });
      expect([here.status, JSON.stringify(here.body)]).toEqual([
        422,
        expect.stringContaining('workload/evil.yaml'),
      ]);

      await git('push', '-q', '--force', 'origin', `${sha}:refs/heads/by-hand`);
      await said(sha, 'success');
      expect(
        await portal.until(async () => host.merge(number, sha), 20, 500),
      ).toBe(true);
    }, 180_000);
  });
}
