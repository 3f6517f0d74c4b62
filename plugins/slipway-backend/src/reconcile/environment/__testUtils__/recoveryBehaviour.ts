import { createTestDatabases } from '../../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import type { TestClusters } from './clusters';
import { World } from './world';
import { itInFullSet } from './itInFullSet';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
const PROJECT = { ...APPLICATION, kind: 'AppProject' };

const synced = ({ conditions }: EnvironmentRecord) =>
  conditions.find(({ type }) => type === 'Synced')?.status === 'True';

/** Service and environment. */
const ALL: ReadonlyArray<[string, string]> = [
  ['web', 'prod'],
  ['api', 'prod'],
];

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/** What holds when a cluster, the database or both are lost. */
export function describeRecovery(
  title: string,
  start: (() => Promise<TestClusters>) | undefined,
  { clusters: count }: { clusters: 1 | 2 },
): void {
  const databases = createTestDatabases();
  jest.setTimeout(600_000);

  (start ? describe : describe.skip)(title, () => {
    const run = Date.now().toString(36);
    let clusters: TestClusters;
    let world: World;
    let number = 0;

    beforeAll(async () => {
      clusters = await start!();
    });
    beforeEach(async () => {
      world = await World.create({
        clusters,
        db: await databases.migrated('SQLITE_3'),
        organization: `r${run}-${number++}`,
      });
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'open' }],
        domains: [`${world.organization}.example.com`],
      });
      await world.declareService('api', {
        environments: [{ name: 'prod', class: 'open' }],
        revision: 'v7',
        database: false,
      });
      for (const [service, environment] of ALL)
        await world.settle(service, environment, synced);
    });
    afterEach(() => world?.close());
    afterAll(() => clusters?.stop());

    async function everything(): Promise<string[]> {
      const found = await Promise.all(
        ALL.map(names => world.objects(...names)),
      );
      return found.flat();
    }

    /** Takes everything out of the clusters, as if they were new. */
    async function loseTheClusters(): Promise<void> {
      const labelSelector = `slipway.dev/organization=${world.organization}`;
      const hub = world.clusters.client('hub');
      for (const kind of [APPLICATION, PROJECT]) {
        for (const { metadata } of await hub.list(kind, { labelSelector })) {
          const ref = { ...kind, name: metadata.name, namespace: 'argocd' };
          // Nobody is there to finalize it.
          await hub.mergePatch(ref, { metadata: { finalizers: null } });
          await hub.delete(ref, { propagation: 'Background' });
        }
      }
      const namespace = { apiVersion: 'v1', kind: 'Namespace' };
      for (const { info } of clusters.configured) {
        const client = world.clusters.client(info.name);
        const all = await client.list(namespace, { labelSelector });
        for (const { metadata } of all)
          await client.delete({ ...namespace, name: metadata.name });
        for (let i = 0; i < 240; i++) {
          if ((await client.list(namespace, { labelSelector })).length === 0)
            break;
          await new Promise(resolve => setTimeout(resolve, 250));
        }
      }
      expect(await everything()).toEqual([]);
    }

    async function loseTheDatabase(): Promise<void> {
      world = await world.withoutDatabase(await databases.migrated('SQLITE_3'));
    }

    async function recover(): Promise<void> {
      for (const [service, environment] of ALL) {
        await world.stores.queue.mark([
          `environment:${world.key(service, environment)}`,
        ]);
        await world.settle(service, environment, synced);
      }
      // Argo CD has its turn, too.
      await world.argocd.round();
    }

    it('makes the same objects in an empty cluster, from Git alone', async () => {
      await world.argocd.round();
      const before = await everything();
      const commits = await world.commits();
      expect(before.length).toBeGreaterThan(15);
      await loseTheClusters();
      await loseTheDatabase();
      await recover();
      expect(await everything()).toEqual(before);
      expect(await world.commits()).toEqual(commits);
    });

    itInFullSet(
      'makes the same objects in an empty cluster that it remembers',
      async () => {
        await world.argocd.round();
        const before = await everything();
        await loseTheClusters();
        // The watches see that it is gone; a look is enough.
        world.clock.advance(3_600_000);
        await recover();
        expect(await everything()).toEqual(before);
      },
    );

    it('makes, deletes and restarts nothing when only the database is lost', async () => {
      await world.argocd.round();
      const before = await identities();
      const commits = await world.commits();
      const runs = await releases();
      await loseTheDatabase();
      expect(await world.stores.environments.list()).toEqual([]);
      await recover();
      expect(await identities()).toEqual(before);
      expect(await world.commits()).toEqual(commits);
      expect(await releases()).toEqual(runs);
      expect(
        await world.stores.domains.holders([
          `${world.organization}.example.com`,
        ]),
      ).toMatchObject([{ organization: world.organization, service: 'web' }]);
    });

    itInFullSet(
      'takes no approval for given that the database has lost',
      async () => {
        await world.declareService('bank', {
          environments: [{ name: 'prod', class: 'approved' }],
          database: false,
        });
        const waits = ({ phase }: EnvironmentRecord) =>
          phase === 'pending_approval';
        const { approvalDigest, key } = await world.settle(
          'bank',
          'prod',
          waits,
        );
        const approve = () =>
          world.stores.approvals.record({
            environment: key,
            digest: approvalDigest!,
            actor: 'user:default/ana',
            origin: 'environment',
          });
        await approve();
        await world.stores.queue.mark([`environment:${key}`]);
        await world.settle('bank', 'prod', synced);
        await world.argocd.round('bank');
        const before = await world.objects('bank', 'prod');
        const commits = await world.commits();

        await loseTheDatabase();
        const waiting = await world.settle('bank', 'prod', waits);
        expect(world.condition(waiting, 'Approved')).toMatchObject({
          status: 'False',
          reason: 'ApprovalWanted',
        });
        expect(waiting.approvalDigest).toBe(approvalDigest);
        expect(await world.objects('bank', 'prod')).toEqual(before);

        await approve();
        await world.stores.queue.mark([`environment:${key}`]);
        await world.settle('bank', 'prod', synced);
        await world.argocd.round('bank');
        expect(await world.objects('bank', 'prod')).toEqual(before);
        expect(await world.commits()).toEqual(commits);
      },
    );

    (count > 1 ? it : it.skip)(
      'stays on the cluster that its folder in Git names',
      async () => {
        const file = (cluster?: string) => ({
          environments: [
            { name: 'prod', class: 'open', ...(cluster && { cluster }) },
          ],
          database: false,
        });
        await world.declareService('moon', file('eu'));
        await world.settle('moon', 'prod', synced);
        await world.declareService('moon', file());
        await loseTheDatabase();
        const record = await world.settle('moon', 'prod', synced);
        expect(record.cluster).toBe('eu');
        expect((await world.objects('moon', 'prod')).join()).not.toMatch(
          /hub [^,]*Namespace/,
        );
      },
    );

    /** Who every object is, to tell one that was made anew. */
    async function identities(): Promise<Record<string, unknown>> {
      const found: Record<string, unknown> = {};
      const labelSelector = `slipway.dev/organization=${world.organization}`;
      for (const { info } of clusters.configured) {
        const client = world.clusters.client(info.name);
        for (const [apiVersion, kind] of [
          ['v1', 'Namespace'],
          ['v1', 'Secret'],
          ['v1', 'Service'],
          ['apps/v1', 'Deployment'],
          ['apps/v1', 'StatefulSet'],
          ['networking.k8s.io/v1', 'NetworkPolicy'],
          [PROJECT.apiVersion, PROJECT.kind],
          [APPLICATION.apiVersion, APPLICATION.kind],
        ]) {
          if (!(await client.serves({ apiVersion, kind }))) continue;
          for (const { metadata } of await client.list(
            { apiVersion, kind },
            { labelSelector },
          ))
            found[
              `${info.name} ${kind} ${metadata.namespace} ${metadata.name}`
            ] = [
              metadata.uid,
              // Where a new generation would be new Pods.
              apiVersion === 'apps/v1' && metadata.generation,
            ];
        }
      }
      return found;
    }

    async function releases(): Promise<unknown> {
      const all = await world.stores.environments.list();
      return all.map(({ key, cluster, digest, summary }) => [
        key,
        cluster,
        digest,
        summary?.release,
      ]);
    }
  });
}
