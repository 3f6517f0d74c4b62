import { mockServices } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../../database/__testUtils__/databases';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import { stopAtEveryStep } from '../../engine/__testUtils__/stopAtEveryStep';
import type { TestClusters } from './clusters';
import { Handmade, SERVICE } from './handmade';
import { World } from './world';
import { itInFullSet } from './itInFullSet';

const synced = ({ conditions }: EnvironmentRecord) =>
  conditions.find(({ type }) => type === 'Synced')?.status === 'True';
const speaks =
  (reason: string) =>
  ({ conditions }: EnvironmentRecord) =>
    conditions.find(({ status }) => status !== 'True')?.reason === reason;
const inPhase =
  (phase: string) =>
  (record: EnvironmentRecord): boolean =>
    record.phase === phase;

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/** What holds for adoptions on any API server. */
export function describeAdoptions(
  title: string,
  start: (() => Promise<TestClusters>) | undefined,
  /** Whether somebody makes Pods of Deployments there. */
  { controllers }: { controllers: boolean },
): void {
  const databases = createTestDatabases();
  jest.setTimeout(600_000);

  (start ? describe : describe.skip)(title, () => {
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const run = Date.now().toString(36);
    let count = 0;
    let clusters: TestClusters;
    let world: World;
    let handmade: Handmade;

    beforeAll(async () => {
      clusters = await start!();
    });

    beforeEach(async () => {
      const id = `${run}-${count++}`;
      world = await World.create({
        clusters,
        db: await databases.migrated('SQLITE_3'),
        organization: `a${id}`,
      });
      await world.stores.queue.mark(['source:platform']);
      await world.run();
      handmade = new Handmade(world, `hand-${id}`);
      await handmade.make();
      if (controllers) await handmade.running();
    });

    afterEach(() => world?.close());
    afterAll(() => clusters?.stop());

    const settle = (arrived: (record: EnvironmentRecord) => boolean) =>
      world.settle(SERVICE, 'prod', arrived);

    it('comes under Slipway without a Pod restarted and nothing deleted', async () => {
      const before = await handmade.identities();
      await handmade.release();
      const { plan, objects } = await handmade.declare();
      expect(plan.problems).toEqual([]);
      expect(
        plan.environments[0].verdicts.filter(({ result }) => result === 'deny'),
      ).toEqual([]);
      expect(objects.map(({ kind, as }) => `${kind} ${as}`)).toEqual([
        'Deployment workload',
        'Service workload',
        'ConfigMap kept',
        'Secret left',
      ]);

      const record = await settle(synced);
      expect(record.namespace).toBe(handmade.namespace);
      expect(await handmade.identities()).toEqual(before);

      const application = await handmade.get('application');
      expect(application.metadata.finalizers ?? []).toEqual([]);
      expect(application.metadata.annotations).not.toHaveProperty([
        'slipway.dev/adopting',
      ]);
      expect(application.spec).toMatchObject({
        project: `${world.organization}--${SERVICE}--prod`,
        source: {
          repoURL: world.target.repoURL,
          path: `clusters/hub/${world.organization}/${SERVICE}/prod/workload`,
        },
        syncPolicy: { automated: { prune: true } },
      });
      const { metadata } = await handmade.get('namespace');
      expect(metadata.labels).toMatchObject({
        team: 'red',
        'slipway.dev/service': SERVICE,
      });
      expect(metadata.labels).not.toHaveProperty([
        'pod-security.kubernetes.io/enforce',
      ]);
      const text = JSON.stringify(await world.tree());
      expect(text).not.toContain('nobody-reads-this');

      // Looked at again, nothing is written, and nothing is restarted.
      const { revision } = (await world.stores.environments.get(record.key))!;
      await world.stores.queue.mark([`environment:${record.key}`]);
      await world.run();
      expect((await world.stores.environments.get(record.key))!.revision).toBe(
        revision,
      );
      expect(await handmade.identities()).toEqual(before);
    });

    itInFullSet(
      'touches nothing while nobody has released the namespace',
      async () => {
        const before = [
          await handmade.get('namespace'),
          await handmade.get('application'),
          await handmade.get('deployment'),
        ];
        const { plan } = await handmade.declare();
        const refused = `Namespace ${handmade.namespace} isn't released to organization ${world.organization}.`;
        expect(
          plan.environments[0].verdicts.map(({ message }) => message),
        ).toContain(refused);
        const record = await settle(speaks('PolicyDenied'));
        expect(world.condition(record, 'PolicyPassed')!.message).toContain(
          refused,
        );
        expect([
          await handmade.get('namespace'),
          await handmade.get('application'),
          await handmade.get('deployment'),
        ]).toEqual(before);
        expect(Object.keys(await world.tree())).toEqual(['README.md']);

        await handmade.release();
        await settle(synced);
      },
    );

    itInFullSet(
      'is asked about again when the Deployment was changed since, and doesn’t restart it',
      async () => {
        await handmade.release();
        await handmade.declare();
        await new Handmade(
          world,
          handmade.namespace,
          'registry.example.com/red/frontend:1.5.0',
        ).make();
        const before = await handmade.identities();
        const record = await settle(speaks('PolicyDenied'));
        expect(world.condition(record, 'PolicyPassed')!.message).toContain(
          'Deployment frontend would restart its Pods: /spec/template/spec/containers/0/image would change.',
        );
        expect((await handmade.identities()).generation).toBe(
          before.generation,
        );
      },
    );

    itInFullSet(
      'waits for a sync that is under way, and gives back what it only paused as it was',
      async () => {
        await handmade.release();
        await handmade.declare();
        await handmade.hub.mergePatch(handmade.refs.application, {
          status: {
            operationState: {
              phase: 'Running',
              operation: {},
              startedAt: new Date().toISOString(),
            },
          },
        });
        const record = await settle(speaks('Adopting'));
        expect(world.condition(record, 'Provisioned')!.message).toContain(
          'is being synced',
        );
        const paused = await handmade.get('application');
        expect(paused.spec).toEqual({
          ...handmade.applicationSpec,
          syncPolicy: {},
        });

        await world.removeService(SERVICE);
        await settle(inPhase('deleted'));
        const { spec, metadata } = await handmade.get('application');
        expect(spec).toEqual(handmade.applicationSpec);
        expect(metadata.annotations ?? {}).toEqual({});
      },
    );

    itInFullSet('lets nothing be pruned that nobody knew of', async () => {
      await handmade.release();
      await handmade.declare();
      await settle(speaks('Adopting'));
      const resources = handmade.tracked();
      const say = (more: object[]) =>
        handmade.hub.mergePatch(handmade.refs.application, {
          status: { resources: [...resources, ...more] },
        });
      await say([
        {
          version: 'v1',
          kind: 'ConfigMap',
          name: 'stray',
          requiresPruning: true,
        },
      ]);
      const denied = await settle(speaks('PolicyDenied'));
      expect(world.condition(denied, 'PolicyPassed')!.message).toContain(
        'ConfigMap stray belongs to the Application and would be pruned',
      );

      // One that is left outside of Git, and that Argo CD looks at all the same.
      const secret = resources.find(({ kind }) => kind === 'Secret')!;
      await say([{ ...secret, requiresPruning: true }]);
      const stopped = await settle(speaks('AdoptionStopped'));
      expect(world.condition(stopped, 'Provisioned')!.message).toContain(
        'would prune Secret frontend-keys',
      );
      const { spec } = await handmade.get('application');
      expect(spec).not.toHaveProperty('syncPolicy.automated');
    });

    it('is given back whole when the spec no longer names it', async () => {
      const before = await handmade.identities();
      await handmade.release();
      await handmade.declare();
      await settle(synced);
      await world.removeService(SERVICE);
      await settle(inPhase('deleted'));

      expect(await handmade.identities()).toEqual(before);
      const application = await handmade.get('application');
      expect(application.metadata.labels ?? {}).toEqual({});
      expect(application.spec).toMatchObject({
        ...handmade.applicationSpec,
        syncPolicy: {},
      });
      expect(application.spec).not.toHaveProperty('syncPolicy.automated');
      const { metadata } = await handmade.get('namespace');
      expect(metadata.labels).toMatchObject({ team: 'red' });
      expect(Object.keys(metadata.labels ?? {}).join()).not.toContain(
        'slipway',
      );
      expect(
        await handmade.hub.get({
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AppProject',
          name: `${world.organization}--${SERVICE}--prod`,
          namespace: 'argocd',
        }),
      ).toBeUndefined();
      expect(Object.keys(await world.tree())).toEqual(['README.md']);
    });

    itInFullSet('belongs to one environment only', async () => {
      await handmade.release();
      const { path, content } = await handmade.declare();
      await settle(synced);
      await world.declare({
        [path.replace(SERVICE, 'thief')]: content.replace(
          `name: ${SERVICE}`,
          'name: thief',
        ),
      });
      const record = await world.settle(
        'thief',
        'prod',
        speaks('NamespaceTaken'),
      );
      expect(world.condition(record, 'Validated')!.message).toContain(
        `managed by Slipway already and belongs to ${world.organization}/${SERVICE}/prod`,
      );

      // Once it is given back, another one may have it.
      await world.removeService(SERVICE);
      await settle(inPhase('deleted'));
      await world.settle('thief', 'prod', synced);
    });

    itInFullSet('ends the same, wherever the process stops', async () => {
      const pictures: unknown[] = [];
      const stops = await stopAtEveryStep({
        logger,
        isOwn: ({ key, when }) =>
          key.startsWith('environment:') && when === 'before',
        prepare: async () => {
          const id = `${run}-${count++}`;
          world = await World.create({
            clusters,
            db: await databases.migrated('SQLITE_3'),
            organization: `a${id}`,
          });
          await world.stores.queue.mark(['source:platform']);
          await world.run();
          handmade = new Handmade(world, `hand-${id}`);
          await handmade.make();
          if (controllers) await handmade.running();
          await handmade.release();
          await handmade.declare();
          await world.readSources();
          const before = await handmade.identities();
          const own = world;
          return {
            before,
            queue: world.stores.queue,
            reconcilers: () => own.reconcilers(),
            expireLeases: () => own.clock.advance(60_000),
          };
        },
        check: async ({ before }, stoppedAt) => {
          await settle(synced);
          expect({ stoppedAt, ...(await handmade.identities()) }).toEqual({
            stoppedAt,
            ...before,
          });
          const { spec } = await handmade.get('application');
          const neutral = JSON.stringify([spec, await world.tree()])
            .replaceAll(world.organization, 'ORG')
            .replaceAll(handmade.namespace, 'HAND');
          pictures.push(neutral);
          await world.close();
        },
      });
      expect(new Set(pictures).size).toBe(1);
      expect(stops.map(({ step }) => step)).toEqual(
        expect.arrayContaining([
          'pause application',
          'mark namespace',
          'hand over application',
        ]),
      );
    });
  });
}
