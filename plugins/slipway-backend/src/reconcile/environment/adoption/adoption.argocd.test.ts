import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { createTestDatabases } from '../../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import { Handmade, SERVICE } from '../__testUtils__/handmade';
import { hubOf, realArgoCD } from '../__testUtils__/realArgocd';
import { World } from '../__testUtils__/world';

const given = realArgoCD();
const databases = createTestDatabases();
jest.setTimeout(300_000);

const PATIENT = { rounds: 240, pauseMs: 500 };

interface Status {
  sync?: { status?: string; comparedTo?: { source?: { path?: string } } };
  health?: { status?: string };
  resources?: Array<{ kind: string; name: string; requiresPruning?: boolean }>;
}

const arrived = ({ conditions }: EnvironmentRecord) =>
  ['Synced', 'Healthy'].every(
    station =>
      conditions.find(({ type }) => type === station)?.status === 'True',
  );

(given ? describe : describe.skip)(
  'an Application and a namespace made by hand, before the real Argo CD',
  () => {
    let world: World;
    let handmade: Handmade;
    let before: Record<string, unknown>;
    let specBefore: unknown;

    const status = async () =>
      ((await handmade.get('application')).status ?? {}) as Status;

    async function eventually(
      what: string,
      probe: () => Promise<boolean>,
    ): Promise<void> {
      for (let i = 0; i < 240; i++) {
        if (await probe()) return;
        await new Promise(resolve => setTimeout(resolve, 500));
      }
      throw new Error(
        `Not ${what}: ${JSON.stringify(await handmade.get('application'), undefined, 1)}`,
      );
    }

    /** A Deployment's generation counts its annotations, too, so what it says is compared instead. */
    async function expectUntouched(): Promise<void> {
      expect((await handmade.get('deployment')).spec).toEqual(specBefore);
      const { generation: _, ...now } = await handmade.identities();
      expect(now).toEqual(before);
    }

    beforeAll(async () => {
      const id = Date.now().toString(36);
      const organization = `hand${id}`;
      const url = `${given!.git.url}/${organization}`;
      world = await World.create({
        clusters: { configured: [hubOf(given!)], stop: async () => {} },
        db: await databases.migrated('SQLITE_3'),
        organization,
        reconciler: ({ gitops }) => ({
          gitops: {
            repository: gitops,
            target: { repoURL: `${url}/gitops.git`, branch: 'main' },
          },
        }),
      });
      await symlink(world.git.root, path.join(given!.git.root, organization));
      // The real one does what this one plays.
      jest.spyOn(world.argocd, 'round').mockResolvedValue();
      await world.stores.queue.mark(['source:platform']);
      await world.run();

      handmade = new Handmade(world, `red-${id}`, undefined, `${url}/red.git`);
      await world.git.repository(
        'red.git',
        Object.fromEntries(
          handmade
            .workload()
            .map(object => [
              `${object.kind.toLowerCase()}.yaml`,
              stringify(object),
            ]),
        ),
      );
      await handmade.makeApplication();
      await eventually('running', async () => {
        const { sync, health } = await status();
        return sync?.status === 'Synced' && health?.status === 'Healthy';
      });
      const { generation: _, ...identities } = await handmade.identities();
      before = identities;
      specBefore = (await handmade.get('deployment')).spec;
    });
    afterAll(() => world?.close());

    it('comes under Slipway: Synced and Healthy, with the same Pods', async () => {
      expect(before.Pod).toHaveLength(2);
      await handmade.release();
      const { plan, objects } = await handmade.declare();
      expect(
        plan.environments[0].verdicts.filter(({ result }) => result === 'deny'),
      ).toEqual([]);
      expect(objects).toContainEqual(
        expect.objectContaining({ kind: 'Secret', as: 'left' }),
      );
      await world.settle(SERVICE, 'prod', arrived, PATIENT);
      const { sync } = await status();
      expect(sync).toMatchObject({
        status: 'Synced',
        comparedTo: {
          source: {
            path: `clusters/hub/${world.organization}/${SERVICE}/prod/workload`,
          },
        },
      });
      await expectUntouched();
    });

    it('has nothing pruned, whatever Argo CD compares from then on', async () => {
      await handmade.hub.mergePatch(handmade.refs.application, {
        metadata: { annotations: { 'argocd.argoproj.io/refresh': 'hard' } },
        operation: { sync: { prune: true } },
      });
      await eventually('synced with prune', async () => {
        const { operation, status: said } = await handmade.get('application');
        const { operationState } = (said ?? {}) as {
          operationState?: { phase?: string };
        };
        return !operation && operationState?.phase === 'Succeeded';
      });
      const { resources = [], sync } = await status();
      expect(sync?.status).toBe('Synced');
      expect(resources.filter(one => one.requiresPruning)).toEqual([]);
      expect(resources.map(({ kind }) => kind)).not.toContain('Secret');
      await expectUntouched();
    });

    it('is rolled out like any other from then on', async () => {
      const { path: file, content } = handmade.proposal();
      await world.declare({
        [file]: content.replace('revision: 1.4.2', 'revision: 1.5.0'),
      });
      await eventually('rolled out', async () => {
        await world.run();
        const { spec } = await handmade.get('deployment');
        return JSON.stringify(spec).includes('frontend:1.5.0');
      });
      const { ReplicaSet, deployment } = await handmade.identities();
      expect(deployment).toBe(before.deployment);
      expect(ReplicaSet).toHaveLength(2);
    });

    it('is given back with everything in it', async () => {
      const { deployment, service, settings, keys } =
        await handmade.identities();
      await world.removeService(SERVICE);
      await world.settle(
        SERVICE,
        'prod',
        ({ phase }) => phase === 'deleted',
        PATIENT,
      );
      // Time enough for an Argo CD that looks every ten seconds to do harm.
      await new Promise(resolve => setTimeout(resolve, 15_000));
      expect(await handmade.identities()).toMatchObject({
        deployment,
        service,
        settings,
        keys,
      });
      const { spec } = await handmade.get('application');
      const { syncPolicy: _, ...former } = handmade.applicationSpec;
      expect(spec).toMatchObject(former);
      expect(spec).not.toHaveProperty('syncPolicy.automated');
    });
  },
);
