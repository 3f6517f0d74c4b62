import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { hubOf, realArgoCD } from './__testUtils__/realArgocd';
import { World } from './__testUtils__/world';

const given = realArgoCD();
const databases = createTestDatabases();
jest.setTimeout(300_000);

const PATIENT = { rounds: 240, pauseMs: 500 };
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
const ALL: ReadonlyArray<[string, string]> = [
  ['web', 'prod'],
  ['api', 'prod'],
];

const arrived = ({ conditions }: EnvironmentRecord) =>
  ['Synced', 'Healthy'].every(
    station =>
      conditions.find(({ type }) => type === station)?.status === 'True',
  );

/** What controllers write, and what is another one in every cluster. */
const VOLATILE = [
  /"(argocd\.argoproj\.io\/(refresh|tracking-id)|deployment\.kubernetes\.io\/revision)":"[^"]*",?/g,
  /"operation":\{[^}]*\},?/g,
];

(given ? describe : describe.skip)(
  'an empty cluster, with the real Argo CD',
  () => {
    let world: World;

    beforeAll(async () => {
      const organization = `lost${Date.now().toString(36)}`;
      world = await World.create({
        clusters: { configured: [hubOf(given!)], stop: async () => {} },
        db: await databases.migrated('SQLITE_3'),
        organization,
        reconciler: ({ gitops }) => ({
          gitops: {
            repository: gitops,
            target: {
              repoURL: `${given!.git.url}/${organization}/gitops.git`,
              branch: 'main',
            },
          },
        }),
      });
      await symlink(world.git.root, path.join(given!.git.root, organization));
      for (const [service] of ALL) {
        await world.declareService(service, {
          environments: [{ name: 'prod', class: 'open' }],
          database: false,
          replicas: 2,
        });
      }
      await settle();
    });
    afterAll(() => world?.close());

    async function settle(): Promise<void> {
      // The real one does what this one plays.
      jest.spyOn(world.argocd, 'round').mockResolvedValue();
      for (const [service, environment] of ALL)
        await world.settle(service, environment, arrived, PATIENT);
    }

    async function everything(): Promise<string[]> {
      const found: string[] = [];
      for (const names of ALL) found.push(...(await world.objects(...names)));
      return found
        .map(text =>
          VOLATILE.reduce((rest, some) => rest.replace(some, ''), text),
        )
        .sort();
    }

    it('converges to the same objects from Git alone, Synced and Healthy', async () => {
      const before = await everything();
      const commits = await world.commits();
      const hub = world.clusters.client('hub');
      const labelSelector = `slipway.dev/organization=${world.organization}`;
      for (const kind of [
        APPLICATION,
        { ...APPLICATION, kind: 'AppProject' },
      ]) {
        for (const { metadata } of await hub.list(kind, { labelSelector })) {
          const ref = { ...kind, name: metadata.name, namespace: 'argocd' };
          // The cluster is lost at once; nobody tears anything down in order.
          await hub.mergePatch(ref, { metadata: { finalizers: null } });
          await hub.delete(ref, { propagation: 'Background' });
        }
      }
      const namespace = { apiVersion: 'v1', kind: 'Namespace' };
      for (const { metadata } of await hub.list(namespace, { labelSelector }))
        await hub.delete({ ...namespace, name: metadata.name });
      for (let i = 0; i < 240 && (await everything()).length > 0; i++)
        await new Promise(resolve => setTimeout(resolve, 500));
      expect(await everything()).toEqual([]);

      world = await world.withoutDatabase(await databases.migrated('SQLITE_3'));
      await settle();
      expect(await everything()).toEqual(before);
      expect(await world.commits()).toEqual(commits);
    });
  },
);
