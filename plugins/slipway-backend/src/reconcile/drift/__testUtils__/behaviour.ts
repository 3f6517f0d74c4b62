import { createTestDatabases } from '../../../database/__testUtils__/databases';
import type { TestClusters } from '../../environment/__testUtils__/clusters';
import { counting } from './counting';
import { DriftWorld, service } from './DriftWorld';
import { itInFullSet } from '../../environment/__testUtils__/itInFullSet';

const WEB = 'spec.template.spec.containers[name=web]';
const PERSON = 'user:default/dana';

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/** Drift from its beginning to its end, on whichever API server there is. */
export function describeDrift(
  name: string,
  create: (() => Promise<TestClusters>) | undefined,
): void {
  const databases = createTestDatabases();

  (create ? describe : describe.skip)(name, () => {
    let clusters: TestClusters;
    let drift: DriftWorld;
    let count = 0;

    beforeAll(async () => {
      clusters = await create!();
    });
    const createWorld = async () =>
      DriftWorld.create({
        clusters,
        db: await databases.migrated('SQLITE_3'),
        organization: `drift${Date.now().toString(36)}${count++}`,
      });
    beforeEach(async () => {
      drift = await createWorld();
      await drift.begin();
    }, 60_000);
    afterEach(() => drift?.close());
    afterAll(() => clusters?.stop());

    const edit = (replicas: number) =>
      drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-edit', {
        spec: { replicas },
      });
    const askPutBack = (
      objects?: Array<{
        apiVersion: string;
        kind: string;
        name: string;
        namespace?: string;
      }>,
    ) =>
      drift.world.stores.drifts.ask({
        environment: drift.key,
        actor: PERSON,
        ...(objects && { objects }),
      });

    it('finds nothing in what was just delivered, and says when it looked', async () => {
      const record = await drift.look();
      expect(record).toMatchObject({ state: 'none', drifted: [] });
      expect(record!.checkedAt).toBeInstanceOf(Date);
      expect(Object.keys(record!.checks).length).toBeGreaterThan(9);
      expect(await drift.told()).toEqual([]);
    });

    it('asks nothing of what is new until Argo CD has looked, and then at once when somebody writes or after a while', async () => {
      await drift.close();
      drift = await createWorld();
      const asked: string[] = [];
      drift.wrap = real => counting(real, asked);
      await drift.declare();
      await drift.arrive();
      expect((await drift.look())?.checkedAt).toBeUndefined();
      expect(asked).toEqual([]);
      drift.world.clock.advance(120_000);
      expect((await drift.look())?.checkedAt).toBeInstanceOf(Date);
      await drift.close();

      drift = await createWorld();
      await drift.declare();
      await drift.arrive();
      await drift.hand.patch(
        drift.ref('NetworkPolicy', 'web'),
        'kubectl-edit',
        {
          spec: { policyTypes: ['Ingress'] },
        },
      );
      while (drift.writes.foreign(drift.key).length === 0) await drift.seen();
      expect(await drift.paths()).toContain(
        'NetworkPolicy web spec.policyTypes',
      );
    });

    it('calls nothing missing that was never applied to its end, as when the process was stopped in the middle', async () => {
      await drift.close();
      drift = await createWorld();
      await drift.declare();
      await drift.arrive();
      const { environments } = drift.world.stores;
      const { revision, summary } = (await environments.get(drift.key))!;
      const { applied: _, ...unfinished } = summary!;
      await environments.save(drift.key, revision, { summary: unfinished });
      await drift.hand.delete(drift.ref('NetworkPolicy', 'web'));
      expect(await drift.look()).toBeUndefined();
      expect(await drift.told()).toEqual([]);
    });

    describe('between two commits', () => {
      const WORKER = {
        name: 'worker',
        image: { repository: 'registry.example.com/shop/web', revision: 'v1' },
        resources: { cpu: '100m', memory: '128Mi' },
      };
      const edited = () =>
        drift.hand.patch(drift.ref('NetworkPolicy', 'web'), 'kubectl-edit', {
          spec: { policyTypes: ['Ingress'] },
        });

      /** Goes from a spec with a second workload to one without, and to the moment before that has come to its end. */
      beforeEach(async () => {
        await drift.declare({}, [WORKER]);
        await drift.arrive();
        await drift.sync();
        await drift.look();
      });

      it('calls nothing missing that an apply took away which was stopped before it was written down', async () => {
        const { environments } = drift.world.stores;
        const { applied } = (await environments.get(drift.key))!.summary!;
        await drift.declare();
        await drift.arrive();
        const { revision, summary } = (await environments.get(drift.key))!;
        expect(summary!.applied).not.toEqual(applied);
        await environments.save(drift.key, revision, {
          summary: { ...summary, applied },
        });
        drift.world.clock.advance(61_000);
        expect(await drift.paths()).toEqual([]);
        expect(await drift.told()).toEqual([]);

        await edited();
        expect(await drift.paths()).toEqual([
          'NetworkPolicy web spec.policyTypes',
        ]);
      });

      it('misses what was taken away once Git wants it again, though nothing else was written', async () => {
        const { environments } = drift.world.stores;
        const { applied } = (await environments.get(drift.key))!.summary!;
        const stopped = async (commit?: string) => {
          const { revision, summary } = (await environments.get(drift.key))!;
          await environments.save(drift.key, revision, {
            summary: { ...summary, applied },
            ...(commit && { commit }),
          });
          drift.world.clock.advance(61_000);
        };
        const { commit: first } = (await environments.get(drift.key))!;
        await drift.declare();
        await drift.arrive();
        await stopped();
        expect(await drift.paths()).toEqual([]);

        // Git wants again what it wanted at first; nothing of that has been applied yet.
        await stopped(first);
        expect(await drift.paths()).toEqual([
          'NetworkPolicy worker missing',
          'ServiceAccount worker missing',
        ]);
      });

      it('calls nothing missing that a sync took away which failed', async () => {
        await drift.declare();
        await drift.arrive();
        await drift.failSync();
        await drift.hand.delete(drift.ref('Deployment', 'worker'));
        expect(await drift.paths()).toEqual([]);
        expect(await drift.told()).toEqual([]);

        await edit(5);
        expect(await drift.paths()).toEqual(['Deployment web spec.replicas']);
      });
    });

    it('asks nothing while nothing was written, and then only for what was', async () => {
      const asked: string[] = [];
      drift.wrap = real => counting(real, asked);
      await drift.look();
      await drift.look();
      expect(asked).toEqual([]);
      await edit(5);
      await drift.look();
      expect(asked).toEqual([
        'get Application',
        'get Deployment',
        'dry run Deployment',
      ]);
    });

    it('tells the beginning and the end of an episode, and who put it back', async () => {
      await edit(5);
      expect(await drift.paths()).toEqual(['Deployment web spec.replicas']);
      expect((await drift.world.stores.drifts.glances())[0]).toMatchObject({
        state: 'drifted',
        objects: 1,
        fields: 1,
      });
      await drift.sync();
      const record = await drift.look();
      expect(record).toMatchObject({ state: 'none', drifted: [] });
      expect(record!.since).toBeUndefined();
      expect(await drift.told()).toEqual([
        {
          reason: 'Drifted',
          title: 'Drifted: Deployment web was changed with kubectl edit',
        },
        {
          reason: 'NotDrifted',
          title: 'Drift put back by Argo CD after a while',
        },
      ]);
    });

    it('tells of what was healed before anybody looked, as the watches saw it', async () => {
      await edit(5);
      await drift.seen();
      await drift.sync();
      expect(await drift.paths()).toEqual([]);
      expect(await drift.told()).toEqual([
        {
          reason: 'NotDrifted',
          title:
            'Deployment web was changed with kubectl edit and put back by Argo CD after a while',
        },
      ]);
    });

    it('lets Argo CD put a workload back on request, and names who asked', async () => {
      await edit(5);
      await drift.look();
      await askPutBack();
      await drift.look();
      expect(await drift.world.stores.drifts.asked(drift.key)).toEqual([]);
      await drift.sync();
      expect(await drift.paths()).toEqual([]);
      expect((await drift.told()).at(-1)).toEqual({
        reason: 'NotDrifted',
        title: 'Drift put back by dana after a while',
        actor: PERSON,
      });
    });

    it('applies platform objects itself, against whoever holds the field', async () => {
      await drift.hand.patch(
        drift.ref('NetworkPolicy', 'web'),
        'kubectl-edit',
        {
          spec: { policyTypes: ['Ingress'] },
          metadata: { labels: { 'slipway.dev/class': null, by: 'hand' } },
        },
        { type: 'merge' },
      );
      const found = await drift.paths();
      expect(found).toContain('NetworkPolicy web metadata.labels.by');
      expect(found.some(path => path.includes('policyTypes'))).toBe(true);
      await askPutBack();
      expect(await drift.paths()).toEqual([]);
      expect((await drift.told()).at(-1)).toMatchObject({ actor: PERSON });
    });

    it('makes anew what somebody deleted, of either part', async () => {
      await drift.hand.delete(drift.ref('NetworkPolicy', 'web'));
      await drift.hand.delete(drift.ref('Service', 'web'));
      expect((await drift.paths()).sort()).toEqual([
        'NetworkPolicy web missing',
        'Service web missing',
      ]);
      await askPutBack();
      await drift.look();
      await drift.sync();
      expect(await drift.paths()).toEqual([]);
    });

    it('takes off what was added beside Git, which no sync would', async () => {
      await drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-set', {
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'web',
                  env: [
                    { name: 'DEBUG', value: '1' },
                    { name: 'TRACE', value: '1' },
                  ],
                },
              ],
            },
          },
        },
      });
      expect(await drift.paths()).toEqual([
        `Deployment web ${WEB}.env[name=DEBUG]`,
        `Deployment web ${WEB}.env[name=TRACE]`,
      ]);
      await drift.sync();
      expect(await drift.paths()).toHaveLength(2);
      await askPutBack();
      expect(await drift.paths()).toEqual([]);
    });

    itInFullSet('puts back only what it was asked for', async () => {
      await edit(5);
      await drift.hand.patch(
        drift.ref('NetworkPolicy', 'web'),
        'kubectl-edit',
        {
          metadata: { labels: { by: 'hand' } },
        },
      );
      await drift.look();
      await askPutBack([
        {
          apiVersion: 'networking.k8s.io/v1',
          ...drift.ref('NetworkPolicy', 'web'),
        },
      ]);
      expect(await drift.paths()).toEqual(['Deployment web spec.replicas']);
    });

    itInFullSet('calls a change that Git took over accepted', async () => {
      await edit(5);
      await drift.look();
      await drift.begin({ replicas: 5 });
      expect(await drift.paths()).toEqual([]);
      expect((await drift.told()).at(-1)).toMatchObject({
        title: 'Drift accepted into Git after a while',
      });
    });

    itInFullSet('calls a release that is on its way no drift', async () => {
      await drift.world.declare({
        [drift.world.servicePath('web')]: service(drift.world.organization, {
          replicas: 4,
        }),
      });
      await drift.arrive();
      expect(await drift.paths()).toEqual([]);
      expect(await drift.told()).toEqual([]);
    });

    itInFullSet(
      'keeps the last answer with its age while the cluster is away',
      async () => {
        await edit(5);
        const before = await drift.look();
        if (!clusters.sandbox) return;
        clusters.sandbox.faults.set({ status: 503 });
        await askPutBack();
        const away = await drift.look();
        clusters.sandbox.faults.set({});
        expect(away).toMatchObject({
          state: 'drifted',
          drifted: before!.drifted,
          checkedAt: before!.checkedAt,
          message: expect.stringContaining('could not read Application'),
        });
        expect(await drift.world.stores.drifts.asked(drift.key)).toHaveLength(
          1,
        );
      },
    );

    itInFullSet('forgets an environment that is gone', async () => {
      await edit(5);
      await drift.look();
      await drift.world.removeService('web');
      await drift.run();
      await drift.look();
      expect(await drift.world.stores.drifts.get(drift.key)).toBeUndefined();
    });
  });
}
