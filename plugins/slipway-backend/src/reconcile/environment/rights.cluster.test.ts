/* eslint jest/no-standalone-expect: ["error", { "additionalTestBlockFunctions": ["itInFullSet"] }] -- it is a test */
import { DEVELOPER_CLUSTER_ROLE } from '@slipway/plan';
import { stringify } from 'yaml';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { HttpClusters } from '../../kubernetes';
import { HttpTransport } from '../../kubernetes/HttpTransport';
import type { KubernetesObject } from '../../ports/Clusters';
import { EnvironmentReads } from '../../services/environments/EnvironmentReads';
import { DefaultObjects } from '../../services/objects/DefaultObjects';
import { asAccount, rulesOf } from '../drift/__testUtils__/account';
import { DriftWorld } from '../drift/__testUtils__/DriftWorld';
import { everyKind } from '../drift/__testUtils__/everyKind';
import { realClusters, type TestClusters } from './__testUtils__/clusters';
import { notingRights, rightsOf, type Rule } from './__testUtils__/rights';
import { World } from './__testUtils__/world';
import { itInFullSet } from './__testUtils__/itInFullSet';

/** How long a namespace may take to go, where other tests have just changed CRDs. */
const PATIENT = { rounds: 600, pauseMs: 250 };

/** Groups that an API server with Argo CD alone does not serve, and a kind that is, with the same rights. */
const ELSEWHERE: Record<string, string> = {
  'gateway.networking.k8s.io/httproutes': 'networking.k8s.io/ingresses',
  'traefik.io/ingressroutes': 'networking.k8s.io/ingresses',
  'external-secrets.io/externalsecrets': 'autoscaling/horizontalpodautoscalers',
  'cert-manager.io/certificates': 'autoscaling/horizontalpodautoscalers',
};
const FILES = [
  'controller.yaml',
  'live.yaml',
  'read-only.yaml',
  'developer.yaml',
];

/** What rules give of kinds that are served here. To bind is no request of its own; `rbac.cluster.test.ts` has it. */
const served = (rules: readonly Rule[]) =>
  rightsOf(rules).filter(
    right => !right.startsWith('bind ') && !(right.split(' ')[1] in ELSEWHERE),
  );
const given = (...files: string[]) =>
  served(files.flatMap(file => rulesOf(file) as Rule[]));

/** Each rule to take away, with what is done then; minutes, so in the full set only. */
const REMOVED = (
  [
    ['live.yaml', ['controller.yaml', 'live.yaml'], 'live'],
    ['read-only.yaml', ['read-only.yaml'], 'read'],
  ] as const
).flatMap(([file, files, work]) =>
  process.env.SLIPWAY_TEST_ALL
    ? (rulesOf(file) as Rule[])
        .filter(rule => served([rule]).length > 0)
        .map(rule => ({
          file,
          work,
          verbs: rule.verbs.join(', '),
          resources: rule.resources.join(', '),
          missing: served([rule]),
          others: files
            .flatMap(name => rulesOf(name) as Rule[])
            .filter(other => JSON.stringify(other) !== JSON.stringify(rule)),
        }))
    : [],
);

const quota = (limits: object | undefined) => ({
  'quotas/wide.yaml': stringify({
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'QuotaProfile',
    metadata: { name: 'wide' },
    spec: { hard: { 'requests.cpu': '20', pods: 50 }, limits },
  }),
});

const databases = createTestDatabases();
const start = realClusters();
jest.setTimeout(300_000);

it.each(FILES)(
  'gives kinds that a cluster may not have the same rights as others: %s',
  file => {
    const rights = rightsOf(rulesOf(file) as Rule[]);
    const verbsOf = (resource: string) =>
      rights
        .filter(right => right.endsWith(` ${resource}`))
        .map(right => right.split(' ')[0]);
    const different = Object.entries(ELSEWHERE).filter(
      ([elsewhere, here]) =>
        verbsOf(elsewhere).length > 0 &&
        verbsOf(elsewhere).join() !== verbsOf(here).join(),
    );
    expect(different).toEqual([]);
  },
);

it('gives nothing twice to who has slipway:live beside slipway:controller', () => {
  const held = rightsOf(rulesOf('controller.yaml') as Rule[]);
  const more = rightsOf(rulesOf('live.yaml') as Rule[]);
  expect(more.filter(right => held.includes(right))).toEqual([]);
});

(start ? describe : describe.skip)(
  'the rights in infra/rbac, verb by verb, on a real API server',
  () => {
    const run = Date.now().toString(36);
    let count = 0;
    let admin: TestClusters;
    let noted: Awaited<ReturnType<typeof notingRights>>;
    let close: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      admin = await start!();
    });
    afterEach(async () => {
      await close?.();
      close = undefined;
      await noted?.stop();
    });

    /** The clusters as an account sees them that has these roles, noting what it does. */
    const as = (...files: string[]): Promise<TestClusters> =>
      withRules(files.flatMap(file => rulesOf(file) as Rule[]));

    async function withRules(rules: Rule[]): Promise<TestClusters> {
      const account = await asAccount(admin, `rights-${run}-${count++}`, rules);
      noted = await notingRights(account.configured[0]);
      return { ...account, configured: [noted.cluster] };
    }

    async function worldOf(
      name: string,
      clusters: TestClusters,
      apply: 'bootstrap' | 'gitops-only',
    ): Promise<World> {
      const world = await World.create({
        clusters,
        admin,
        db: await databases.migrated('SQLITE_3'),
        organization: `${name}${run}`,
        reconciler: () => ({ apply }),
      });
      close = () => world.close();
      return world;
    }

    const at = (world: World) => ({
      environments: [{ name: 'prod', class: 'open' }],
      domains: [`${world.organization}.example.com`],
    });
    const synced = ({
      conditions,
    }: {
      conditions: Array<{ reason: string }>;
    }) => conditions[7]?.reason === 'Synced';

    it('slipway:controller is used to the last verb, and nothing else is', async () => {
      const world = await worldOf(
        'all',
        await as('controller.yaml'),
        'bootstrap',
      );
      await world.declare(quota({ max: { cpu: '4' } }));
      await world.declareService('web', at(world));
      await world.settle('web', 'prod', synced);
      await world.declare(quota(undefined));
      await world.declareService('web', { ...at(world), database: false });
      await world.settle(
        'web',
        'prod',
        record =>
          (record as { appliedGeneration?: number }).appliedGeneration === 2,
      );
      await world.removeService('web');
      await world.settle(
        'web',
        'prod',
        ({ phase }) => phase === 'deleted',
        PATIENT,
      );
      expect([...noted.used].sort()).toEqual(given('controller.yaml'));
      expect([...noted.refused]).toEqual([]);
    });

    /** Drift is found, put back and looked into, in a service that has an object of every kind. */
    async function live(clusters: TestClusters): Promise<void> {
      const drift = await DriftWorld.create({
        clusters,
        admin,
        db: await databases.migrated('SQLITE_3'),
        organization: `live${run}${count++}`,
      });
      close = () => drift.close();
      await drift.begin();
      await drift.world.declare({
        ...quota({ max: { cpu: '4' } }),
        [drift.world.servicePath('web')]: everyKind(drift.world.organization),
      });
      await drift.arrive();
      await drift.sync();
      expect(await drift.paths()).toEqual([]);
      await drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-set', {
        metadata: { labels: { by: 'hand' } },
      });
      expect(await drift.paths()).toHaveLength(1);
      await drift.world.stores.drifts.ask({
        environment: drift.key,
        actor: 'user:default/dana',
      });
      expect(await drift.paths()).toEqual([]);
      await openObjects(drift);
    }

    itInFullSet(
      'slipway:live is used to the last verb, and nothing beside it and slipway:controller is',
      async () => {
        await live(await as('controller.yaml', 'live.yaml'));
        const used = [...noted.used].sort();
        const allowed = given('controller.yaml', 'live.yaml');
        expect(used.filter(right => !allowed.includes(right))).toEqual([]);
        expect(
          given('live.yaml').filter(right => !used.includes(right)),
        ).toEqual([]);
        expect([...noted.refused]).toEqual([]);
      },
    );

    /** Somebody opens what controllers made: a ReplicaSet, its Pod with its log, and a Job. */
    async function openObjects(drift: DriftWorld): Promise<void> {
      const { world, namespace } = drift;
      const record = (await world.stores.environments.get(drift.key))!;
      const objects = new DefaultObjects({
        ...world.stores,
        reads: {
          get: async () => ({ record, environment: { source: {} } }),
        } as unknown as EnvironmentReads,
        clusters: world.clusters,
        host: world.git.host,
        gitops: world.gitops,
      });
      const all = HttpClusters.create({ clusters: admin.configured });
      const hub = all.client('hub');
      const job: KubernetesObject = {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'job-now', namespace },
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'job', image: 'example.com/a:1' }],
            },
          },
        },
      };
      await hub.apply(job);
      const first = async (kind: { apiVersion: string; kind: string }) => {
        await world.until(
          async () => (await hub.list(kind, { namespace })).length > 0,
        );
        return (await hub.list(kind, { namespace }))[0].metadata.name;
      };
      const path = {
        organization: world.organization,
        service: 'web',
        environment: 'prod',
      };
      const kinds = [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
        { apiVersion: 'v1', kind: 'Pod' },
        { apiVersion: 'batch/v1', kind: 'Job' },
      ];
      for (const kind of kinds) {
        const name = await first(kind);
        const opened = await objects.object(path, { ...kind, namespace, name });
        expect(opened.live).toContain(`kind: ${kind.kind}`);
      }
      const pod = await first(kinds[1]);
      // Nothing schedules it, so its log is empty.
      await expect(objects.logs(path, { pod })).resolves.toMatchObject({
        pod,
        lines: [],
      });
      all.close();
    }

    /** Somebody else applies what Slipway wrote to Git; until one of these rights is missed. */
    async function read(
      clusters: TestClusters,
      missing: string[] = [],
    ): Promise<void> {
      type Arrived = Parameters<World['settle']>[2];
      const unlessMissed =
        (arrived: Arrived): Arrived =>
        record => {
          if (missing.some(right => noted.refused.has(right)))
            throw new Error(`Missed: ${missing.join(', ')}`);
          return arrived(record);
        };
      const world = await worldOf(`reads${count++}`, clusters, 'gitops-only');
      await world.declare(quota({ max: { cpu: '4' } }));
      await world.declareService('web', at(world));
      await world.settle(
        'web',
        'prod',
        unlessMissed(({ conditions }) =>
          conditions.some(
            ({ type, status }) => type === 'Committed' && status === 'True',
          ),
        ),
      );
      await world.applyFromGit('platform');
      await world.settle('web', 'prod', unlessMissed(synced));
    }

    itInFullSet(
      'slipway:read-only is used to the last verb, and nothing else is',
      async () => {
        await read(await as('read-only.yaml'));
        expect([...noted.used].sort()).toEqual(given('read-only.yaml'));
        expect([...noted.refused]).toEqual([]);
      },
    );

    if (REMOVED.length > 0) {
      it.each(REMOVED)(
        '$file needs the rule to $verbs $resources',
        async ({ work, others, missing }) => {
          const clusters = await withRules(others);
          // Whether it ends or not: what counts is that something was refused.
          await (
            work === 'live' ? live(clusters) : read(clusters, missing)
          ).catch(() => {});
          expect(missing.some(right => noted.refused.has(right))).toBe(true);
        },
      );
    }

    it('slipway:developer lets owners look, read logs and restart a Pod in their own namespace, and nothing more', async () => {
      const own = `owned-${run}`;
      const all = HttpClusters.create({ clusters: admin.configured });
      const rbac = 'rbac.authorization.k8s.io';
      const objects: KubernetesObject[] = [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: own } },
        {
          apiVersion: `${rbac}/v1`,
          kind: 'ClusterRole',
          metadata: { name: DEVELOPER_CLUSTER_ROLE },
          rules: rulesOf('developer.yaml'),
        },
        {
          apiVersion: `${rbac}/v1`,
          kind: 'RoleBinding',
          metadata: { name: 'slipway-developers', namespace: own },
          roleRef: {
            apiGroup: rbac,
            kind: 'ClusterRole',
            name: DEVELOPER_CLUSTER_ROLE,
          },
          subjects: [{ apiGroup: rbac, kind: 'Group', name: 'shop' }],
        },
      ];
      for (const object of objects) await all.client('hub').apply(object);
      const [{ info, connection }] = admin.configured;
      const transport = HttpTransport.create({
        cluster: info.name,
        connection,
      });
      const allowed = async (right: string, namespace: string) => {
        const [verb, path] = right.split(' ');
        const [group, resource, subresource] = path.split('/');
        const { body } = await transport.request({
          method: 'POST',
          path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
          body: {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SubjectAccessReview',
            spec: {
              user: 'dana',
              groups: ['shop'],
              resourceAttributes: {
                verb,
                group,
                resource,
                subresource,
                namespace,
              },
            },
          },
        });
        return (body as { status: { allowed: boolean } }).status.allowed;
      };
      for (const right of rightsOf(rulesOf('developer.yaml') as Rule[])) {
        expect(`${right} ${await allowed(right, own)}`).toBe(`${right} true`);
        expect(`${right} ${await allowed(right, 'default')}`).toBe(
          `${right} false`,
        );
      }
      for (const right of [
        'get /secrets',
        'list /secrets',
        'create /pods/exec',
        'create /pods/portforward',
        'create /pods',
        'patch apps/deployments',
        'delete apps/deployments',
        'patch apps/deployments/scale',
        'delete /persistentvolumeclaims',
        'patch networking.k8s.io/networkpolicies',
        'patch /resourcequotas',
        'create rbac.authorization.k8s.io/rolebindings',
        'create /serviceaccounts/token',
      ]) {
        expect(`${right} ${await allowed(right, own)}`).toBe(`${right} false`);
      }
      transport.close();
      await all.client('hub').delete({
        apiVersion: 'v1',
        kind: 'Namespace',
        name: own,
      });
      all.close();
    });
  },
);
