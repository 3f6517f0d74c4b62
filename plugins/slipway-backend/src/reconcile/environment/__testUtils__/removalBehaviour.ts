import type { TestClusters } from './clusters';
import { arrived, onWorlds, speaks } from './onWorlds';
import type { World } from './world';
import { itInFullSet } from './itInFullSet';

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/** What holds for environments that nobody declares any more, on any API server. */
export function describeRemovals(
  title: string,
  start: (() => Promise<TestClusters>) | undefined,
): void {
  onWorlds(title, start, 'r', its => {
    let world: World;
    beforeEach(() => {
      world = its.world();
    });

    itInFullSet(
      'deletes nothing when the platform repository can not be read, and says so',
      async () => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'open' }],
        });
        const before = await world.settle('web', 'prod', arrived);
        const objects = await world.objects('web', 'prod');
        await world.loseThePlatformRepository();
        const record = await world.settle(
          'web',
          'prod',
          speaks('SourceUnreadable'),
        );
        expect(record.phase).toBe(before.phase);
        expect(await world.objects('web', 'prod')).toEqual(objects);
      },
    );

    it('removes an environment in order, with everything in it, and nothing of its neighbours', async () => {
      const domains = [`${world.organization}.example.com`];
      const environments = [{ name: 'prod', class: 'open' }];
      await world.declareService('web', {
        environments: [...environments, { name: 'test', class: 'open' }],
        domains: [],
      });
      await world.declareService('other', { environments, domains });
      await world.settle('web', 'prod', arrived);
      await world.settle('web', 'test', arrived);
      await world.settle('other', 'prod', arrived);
      const neighbours = async () => [
        await world.objects('web', 'test'),
        await world.objects('other', 'prod'),
      ];
      const before = await neighbours();
      const tree = await world.tree();
      await world.declareService('web', {
        environments: [{ name: 'test', class: 'open' }],
      });
      const record = await world.settle(
        'web',
        'prod',
        ({ phase }) => phase === 'deleted',
      );
      expect(record.declared).toBe(false);
      expect(await world.objects('web', 'prod')).toEqual([]);
      expect(await neighbours()).toEqual(before);
      const left = Object.fromEntries(
        Object.entries(tree).filter(([path]) => !path.includes('/web/prod/')),
      );
      expect(await world.tree()).toEqual(left);
      const removals = (await world.timeline('web', 'prod')).filter(line =>
        / was deleted| were deleted|removed from/.test(line),
      );
      expect(
        removals.map(line => line.replaceAll(world.organization, 'ORG')),
      ).toEqual([
        'Declared Undeclared: Argo CD Application ORG--web--prod was deleted',
        'Declared Undeclared: AppProject ORG--web--prod was deleted',
        'Declared Undeclared: Rights, limits and network policies were deleted',
        'Declared Undeclared: Namespace ORG--web--prod was deleted',
        'Declared Undeclared: Its folder was removed from the GitOps repository',
      ]);
    });

    it('keeps databases where the class says so, and takes them up again when it is declared anew', async () => {
      const environments = [{ name: 'prod', class: 'keeping' }];
      await world.declareService('web', { environments });
      await world.settle('web', 'prod', arrived);
      const ref = {
        apiVersion: 'v1',
        kind: 'Secret',
        name: 'db-credentials',
        namespace: world.namespace('web', 'prod'),
      };
      const secret = async () =>
        (await world.clusters.client('hub').get(ref))?.data;
      const password = await secret();
      await world.removeService('web');
      const record = await world.settle(
        'web',
        'prod',
        ({ phase }) => phase === 'retained',
      );
      expect(record.conditions[0]).toMatchObject({
        reason: 'Retained',
        message: 'Removed; the namespace stays with StatefulSet db.',
      });
      const left = (await world.objects('web', 'prod')).join('\n');
      expect(left).toContain('"kind":"StatefulSet"');
      expect(left).toContain('"kind":"Secret"');
      expect(left).not.toContain('"kind":"Deployment"');
      expect(left).not.toContain('"kind":"Application"');
      expect(
        Object.keys(await world.tree()).filter(path => path.includes('/web/')),
      ).toEqual([]);
      await world.declareService('web', { environments });
      await world.settle('web', 'prod', arrived);
      expect(await secret()).toEqual(password);
      expect((await world.objects('web', 'prod')).join('\n')).not.toContain(
        'slipway.dev/retained',
      );
    });
  });
}
