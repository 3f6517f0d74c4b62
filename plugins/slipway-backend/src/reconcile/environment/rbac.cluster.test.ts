import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { HttpClusters } from '../../kubernetes';
import { HttpTransport } from '../../kubernetes/HttpTransport';
import type { KubernetesObject } from '../../ports/Clusters';
import { realClusters, type TestClusters } from './__testUtils__/clusters';
import { World } from './__testUtils__/world';

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  resourceNames?: string[];
}

/**
 * How long a namespace may take to go: where other tests have just changed CRDs, the namespace controller stumbles over
 * kinds that discovery still names, and comes back to it later and later.
 */
const PATIENT = { rounds: 600, pauseMs: 250 };

const databases = createTestDatabases();
jest.setTimeout(600_000);
const start = realClusters();

const role = (file: string) =>
  parse(
    readFileSync(
      resolvePackagePath(
        '@slipway/plugin-slipway-backend',
        '../../infra/rbac',
        file,
      ),
      'utf8',
    ),
  ) as KubernetesObject & { rules: Rule[] };

const RULES = role('controller.yaml').rules;

/** Groups that an API server with Argo CD alone does not serve. */
const ELSEWHERE = ['gateway.networking.k8s.io', 'traefik.io', 'tekton.dev'];
const NEEDED = RULES.filter(
  ({ apiGroups }) => !ELSEWHERE.includes(apiGroups[0]),
);

// Taking every rule away takes minutes; in the short set `rights.cluster.test.ts` proves that each verb is used.
const all = start && process.env.SLIPWAY_TEST_ALL ? NEEDED : [];

(start ? describe : describe.skip)(
  'the rights in infra/rbac, on a real API server',
  () => {
    const NAMESPACE = 'slipway-rbac-test';
    const run = Date.now().toString(36);
    let admin: TestClusters;
    let clusters: HttpClusters;
    let count = 0;

    beforeAll(async () => {
      admin = await start!();
      clusters = HttpClusters.create({ clusters: admin.configured });
      const hub = clusters.client('hub');
      await hub.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: NAMESPACE },
      });
      await hub.apply(role('developer.yaml'));
    });
    afterAll(() => clusters?.close());

    /** The clusters as an account with these rules sees them. */
    async function as(rules: Rule[]): Promise<TestClusters> {
      const name = `slipway-${run}-${count++}`;
      const hub = clusters.client('hub');
      await hub.apply({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: NAMESPACE },
      });
      await hub.apply({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name },
        rules,
      });
      await hub.apply({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name,
        },
        subjects: [{ kind: 'ServiceAccount', name, namespace: NAMESPACE }],
      });
      const [{ info, connection }] = admin.configured;
      const transport = HttpTransport.create({
        cluster: info.name,
        connection,
      });
      const { body } = await transport.request({
        method: 'POST',
        path: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${name}/token`,
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: 3600 },
        },
      });
      transport.close();
      const { token } = (body as { status: { token: string } }).status;
      return {
        ...admin,
        configured: [
          { info, connection: { ...connection, token: () => token } },
        ],
      };
    }

    /** Takes an environment up, changes it, and takes it down; answers with what went wrong first. */
    async function upAndDown(rules: Rule[]): Promise<string | undefined> {
      const world = await World.create({
        clusters: await as(rules),
        admin,
        db: await databases.migrated('SQLITE_3'),
        organization: `rbac${run}-${count}`,
      });
      const environments = [{ name: 'prod', class: 'open' }];
      try {
        const age = () => world.index.clusters()[0];
        // A server whose CRDs were just installed says so for a moment; that is no matter of rights.
        await world.until(
          async () =>
            age().state !== 'stale' &&
            !age().message?.includes('(re)initializing'),
        );
        if (age().state !== 'live') return age().message;
        const refused = (record: {
          conditions: Array<{ reason: string; message: string }>;
        }) =>
          record.conditions.find(({ reason }) => reason === 'ApplyRefused')
            ?.message;
        const reached = async (
          end: (
            record: Parameters<typeof refused>[0] & { phase: string },
          ) => boolean,
          wait = {},
        ) =>
          refused(
            await world.settle(
              'web',
              'prod',
              record => end(record) || refused(record) !== undefined,
              wait,
            ),
          );
        await world.declareService('web', {
          environments,
          domains: [`${world.organization}.example.com`],
        });
        const up = await reached(
          ({ conditions }) => conditions[7]?.reason === 'Synced',
        );
        if (up) return up;
        await world.declareService('web', { environments, database: false });
        const changed = await reached(
          record =>
            (record as { appliedGeneration?: number }).appliedGeneration === 2,
        );
        if (changed) return changed;
        await world.removeService('web');
        return await reached(({ phase }) => phase === 'deleted', PATIENT);
      } finally {
        await world.close();
      }
    }

    it('don’t let Slipway read a Secret, or bind another role', async () => {
      const limited = HttpClusters.create({
        clusters: (await as(RULES)).configured,
      });
      const hub = limited.client('hub');
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        name: 'any',
        namespace: NAMESPACE,
      };
      await expect(hub.get(secret)).rejects.toThrow(/forbidden/);
      const binding = (name: string) =>
        hub.apply({
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: {
            name: `to-${name.replace(':', '-')}`,
            namespace: NAMESPACE,
          },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name,
          },
          subjects: [
            {
              apiGroup: 'rbac.authorization.k8s.io',
              kind: 'Group',
              name: 'shop',
            },
          ],
        });
      await expect(binding('slipway:developer')).resolves.toBeDefined();
      await expect(binding('admin')).rejects.toThrow(
        /attempting to grant RBAC permissions not currently held/,
      );
      limited.close();
    });

    if (all.length > 0) {
      it('are enough to take an environment up and down', async () => {
        await expect(upAndDown(RULES)).resolves.toBeUndefined();
      });
    }

    for (const rule of all) {
      it(`need the rule to ${rule.verbs.join(', ')} ${rule.resources.join(', ')}`, async () => {
        const rules = RULES.filter(other => other !== rule);
        await expect(upAndDown(rules)).resolves.toMatch(
          /forbidden|not currently held/,
        );
      });
    }
  },
);
