import { commitByHand } from '../../../git/__testUtils__/sandbox';
import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import type { TestClusters } from './clusters';
import { arrived, onWorlds, speaks } from './onWorlds';
import type { World } from './world';
import { itInFullSet } from './itInFullSet';

const summary = ({ conditions }: EnvironmentRecord) =>
  conditions.map(({ type, status, reason }) => `${type} ${status} ${reason}`);

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/** What holds for the reconciler of environments on any API server. */
export function describeEnvironments(
  title: string,
  start: (() => Promise<TestClusters>) | undefined,
): void {
  onWorlds(title, start, 't', its => {
    let world: World;
    beforeEach(() => {
      world = its.world();
    });

    it('takes a service from its file to a synced Application', async () => {
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'open' }],
        domains: [`${world.organization}.example.com`],
      });
      const record = await world.settle('web', 'prod', arrived);
      expect(summary(record).slice(0, 8)).toEqual([
        'Declared True Declared',
        'Validated True Valid',
        expect.stringMatching(/^PolicyPassed True/),
        'Approved True NotRequired',
        'Rendered True Rendered',
        'Committed True Committed',
        'Provisioned True Provisioned',
        'Synced True Synced',
      ]);
      expect(record.summary).toMatchObject({
        owner: 'group:default/shop',
        release: { workloads: { web: { revision: 'v1' } } },
        application: {
          name: world.namespace('web', 'prod'),
          namespace: 'argocd',
          cluster: 'hub',
        },
        lastChange: { author: 'Alice', commit: record.commit },
      });
      const kinds = (await world.objects('web', 'prod')).map(
        line => /"kind":"(\w+)","metadata"/.exec(line)![1],
      );
      expect([...new Set(kinds)].sort()).toEqual(
        expect.arrayContaining([
          'AppProject',
          'Application',
          'Deployment',
          'Namespace',
          'NetworkPolicy',
          'ResourceQuota',
          'RoleBinding',
          'Secret',
          'ServiceAccount',
          'StatefulSet',
        ]),
      );
      expect(Object.keys(await world.tree())).toContain(
        'clusters/hub/ORG/web/prod/environment.yaml',
      );
      expect(await world.commits()).toEqual([
        'First commit',
        'Deliver ORG/web/prod',
      ]);
      // It compares a new one without being asked.
      expect(world.argocd.refreshed).toEqual([]);
      expect((await world.timeline('web', 'prod')).slice(0, 6)).toEqual([
        'Declared Declared: Declared',
        'Validated Valid: Valid',
        expect.stringContaining('PolicyPassed'),
        'Approved NotRequired: No approval needed',
        'Rendered Rendered: Rendered',
        'Committed Committing: Writing to Git',
      ]);
    });

    it('writes nothing while nothing changes', async () => {
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'open' }],
      });
      await world.settle('web', 'prod', arrived);
      await world.run();
      const before = await world.stores.environments.get(
        world.key('web', 'prod'),
      );
      const commits = await world.commits();
      for (let i = 0; i < 3; i++) {
        await world.stores.queue.mark([
          `environment:${world.key('web', 'prod')}`,
        ]);
        await world.run();
      }
      expect(
        (await world.stores.environments.get(world.key('web', 'prod')))!
          .revision,
      ).toBe(before!.revision);
      expect(await world.commits()).toEqual(commits);
    });

    it('changes exactly what the spec changes, and prunes what it drops', async () => {
      const environments = [{ name: 'prod', class: 'open' }];
      await world.declareService('web', { environments });
      await world.settle('web', 'prod', arrived);
      const before = await world.tree();
      const asked = world.argocd.refreshed.length;
      await world.declareService('web', {
        environments,
        replicas: 3,
        database: false,
      });
      await world.settle(
        'web',
        'prod',
        record => arrived(record) && record.appliedGeneration === 2,
      );
      expect(world.argocd.refreshed.length).toBe(asked + 1);
      const after = await world.tree();
      const changed = Object.keys({ ...before, ...after }).filter(
        path => before[path] !== after[path],
      );
      expect(
        changed.map(path => path.split('/').slice(-2).join('/')).sort(),
      ).toEqual(
        expect.arrayContaining([
          'workload/deployment-web.yaml',
          'workload/statefulset-db.yaml',
        ]),
      );
      expect(changed).not.toContain(
        'clusters/hub/ORG/web/prod/platform/resourcequota-slipway.yaml',
      );
      const objects = await world.objects('web', 'prod');
      expect(
        objects.some(
          line =>
            line.includes('"kind":"ServiceAccount"') &&
            line.includes('"name":"db"'),
        ),
      ).toBe(false);
      expect(
        objects.some(
          line =>
            line.includes('"kind":"Deployment"') &&
            line.includes('"replicas":3'),
        ),
      ).toBe(true);
    });

    itInFullSet('waits for an approval of exactly this digest', async () => {
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'approved' }],
      });
      const waiting = await world.settle(
        'web',
        'prod',
        speaks('ApprovalWanted'),
      );
      expect(waiting.phase).toBe('pending_approval');
      expect(await world.objects('web', 'prod')).toEqual([]);
      expect(await world.commits()).toEqual(['First commit']);
      const approve = (digest: string) =>
        world.stores.approvals.record({
          environment: waiting.key,
          digest,
          actor: 'user:default/ana',
          origin: 'environment',
        });
      await approve('sha256:another');
      await world.stores.queue.mark([`environment:${waiting.key}`]);
      await world.run();
      expect((await world.stores.environments.get(waiting.key))!.phase).toBe(
        'pending_approval',
      );
      await approve(waiting.approvalDigest!);
      const record = await world.settle('web', 'prod', arrived);
      expect(world.condition(record, 'Approved')).toMatchObject({
        reason: 'Approved',
        message: 'Approved by user:default/ana.',
      });
    });

    itInFullSet(
      'asks by a change request where the class says so, and goes on after the merge',
      async () => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'proposed' }],
        });
        await world.settle('web', 'prod', speaks('DeliveryChangeOpen'));
        await world.stores.queue.mark([
          `environment:${world.key('web', 'prod')}`,
        ]);
        await world.run();
        const [change, ...others] = await world.git.host.listChanges(
          world.gitops,
        );
        expect(others).toEqual([]);
        expect(await world.objects('web', 'prod')).toEqual([]);
        await world.git.host.mergeChange(world.gitops, change.id, {
          gitAuthor: { name: 'Bob', email: 'bob@example.org' },
          message: 'Merge it',
          trailers: {},
        });
        await world.settle('web', 'prod', arrived);
      },
    );

    itInFullSet(
      'closes its change request when what it delivers came to Git by another way',
      async () => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'proposed' }],
        });
        await world.settle('web', 'prod', speaks('DeliveryChangeOpen'));
        const [change] = await world.git.host.listChanges(world.gitops);
        const diff = await world.git.host.previewMerge(world.gitops, change.id);
        await world.git.host.commit({
          repository: world.gitops,
          files: diff.files,
          message: 'Push it past the change request',
          trailers: {},
          gitAuthor: { name: 'Bob', email: 'bob@example.org' },
        });
        await world.settle('web', 'prod', arrived);
        expect(await world.git.host.listChanges(world.gitops)).toEqual([
          expect.objectContaining({ id: change.id, state: 'closed' }),
        ]);
        expect(await world.timeline('web', 'prod')).toContain(
          `Committed DeliveryOvertaken: Change request #${change.number} was closed: Git holds what is planned already`,
        );
      },
    );

    itInFullSet('keeps what its policies found, with the object', async () => {
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'strict' }],
      });
      const record = await world.settle('web', 'prod', speaks('PolicyDenied'));
      expect(record.summary).toMatchObject({
        verdicts: [
          {
            pack: 'strict',
            rule: 'no-deployments',
            result: 'deny',
            message: 'Deployments are not allowed here.',
            object: { kind: 'Deployment', name: 'web' },
          },
        ],
      });
    });

    itInFullSet.each([
      [
        'strict',
        'PolicyDenied',
        'Deployments are not allowed here. Use a CronJob.',
      ],
      ['tiny', 'QuotaExceeded', 'but quota tiny allows'],
      ['elsewhere', 'NoClusterAllowed', 'allows the regions moon'],
      ['nowhere', 'ClassUnknown', "No EnvironmentClass 'nowhere'"],
    ])(
      'stops an environment of the class %s with %s, and writes nothing anywhere',
      async (name, reason, message) => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: name }],
        });
        const record = await world.settle('web', 'prod', speaks(reason));
        expect(record.phase).toBe('failed');
        expect(
          record.conditions.find(c => c.reason === reason)!.message,
        ).toContain(message);
        expect(await world.objects('web', 'prod')).toEqual([]);
        expect(await world.commits()).toEqual(['First commit']);
      },
    );

    itInFullSet(
      'lets a domain belong to the first service that has it, and to the next one once it is given up',
      async () => {
        const domains = [`${world.organization}.example.com`];
        const environments = [{ name: 'prod', class: 'open' }];
        await world.declareService('web', { environments, domains });
        await world.settle('web', 'prod', arrived);
        await world.declareService('other', { environments, domains });
        const stopped = await world.settle(
          'other',
          'prod',
          speaks('DomainTaken'),
        );
        expect(world.condition(stopped, 'Validated')!.message).toBe(
          `'${domains[0]}' belongs to ${world.organization}/web.`,
        );
        await world.declareService('web', { environments });
        await world.settle(
          'web',
          'prod',
          record => arrived(record) && record.appliedGeneration === 2,
        );
        await world.settle('other', 'prod', arrived);
      },
    );

    itInFullSet(
      'keeps the last valid version running while the file has errors',
      async () => {
        const environments = [{ name: 'prod', class: 'open' }];
        await world.declareService('web', { environments });
        await world.settle('web', 'prod', arrived);
        const objects = await world.objects('web', 'prod');
        await world.declare({
          [world.servicePath('web')]:
            'apiVersion: slipway.dev/v1alpha1\nkind: ServiceSpec\nspec: [\n',
        });
        const record = await world.settle('web', 'prod', speaks('Invalid'));
        expect(world.condition(record, 'Validated')!.message).toContain(
          'The last valid version keeps running.',
        );
        expect(world.condition(record, 'Synced')!.status).toBe('True');
        expect(await world.objects('web', 'prod')).toEqual(objects);
      },
    );

    itInFullSet(
      'closes the build gate where there is no revision, and says what opens it',
      async () => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'open' }],
          revision: '',
          database: false,
        });
        const record = await world.settle(
          'web',
          'prod',
          speaks('BuildGateClosed'),
        );
        expect(record.phase).toBe('ready');
        expect(world.condition(record, 'Healthy')!.message).toBe(
          'web has no image yet.',
        );
        expect(
          (await world.objects('web', 'prod')).some(line =>
            line.includes('"kind":"Deployment"'),
          ),
        ).toBe(false);
      },
    );

    itInFullSet(
      'puts a rendered file back that somebody edited in Git, and says so',
      async () => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'open' }],
        });
        await world.settle('web', 'prod', arrived);
        const before = await world.tree();
        const folder = `clusters/hub/${world.organization}/web/prod`;
        await commitByHand(world.git, world.gitops, 'main', {
          [`${folder}/workload/deployment-web.yaml`]: 'kind: Nonsense\n',
          [`${folder}/environment.yaml`]: 'broken: [\n',
          [`${folder}/workload/extra.yaml`]: 'kind: Extra\n',
        });
        await world.stores.queue.mark([
          `environment:${world.key('web', 'prod')}`,
        ]);
        await world.run();
        expect(await world.tree()).toEqual(before);
        expect((await world.timeline('web', 'prod')).join('\n')).toContain(
          'HandEditReverted: 3 rendered files had been changed by hand and were written back',
        );
      },
    );

    it('refuses a namespace that somebody else made, and leaves it as it is', async () => {
      const name = world.namespace('web', 'prod');
      const theirs = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { team: 'other' } },
      };
      await world.clusters.client('hub').apply(theirs);
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'open' }],
      });
      const record = await world.settle(
        'web',
        'prod',
        speaks('NamespaceTaken'),
      );
      expect(world.condition(record, 'Provisioned')!.message).toContain(
        `'${name}' is there already`,
      );
      const found = await world.clusters
        .client('hub')
        .get({ apiVersion: 'v1', kind: 'Namespace', name });
      expect(found!.metadata.labels).toMatchObject({ team: 'other' });
      expect(found!.metadata.labels).not.toHaveProperty(
        'slipway.dev/organization',
      );
    });

    it('makes a password once, keeps it, and shows it nowhere', async () => {
      await world.declareService('web', {
        environments: [{ name: 'prod', class: 'open' }],
      });
      const record = await world.settle('web', 'prod', arrived);
      const ref = {
        apiVersion: 'v1',
        kind: 'Secret',
        name: 'db-credentials',
        namespace: world.namespace('web', 'prod'),
      };
      const secret = () => world.clusters.client('hub').get(ref);
      const data = (await secret())!.data as Record<string, string>;
      const password = Buffer.from(data.password, 'base64').toString();
      expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
      world.clock.advance(3_600_000);
      await world.stores.queue.mark([`environment:${record.key}`]);
      await world.run();
      expect((await secret())!.data).toEqual(data);
      const everywhere = JSON.stringify([
        await world.git.contents(world.gitops),
        await world.stores.environments.list(),
        await world.stores.timeline.list({ limit: 1000 }),
        world.logged(),
      ]);
      expect(everywhere).not.toContain(password);
      expect(everywhere).not.toContain(data.password);
    });

    itInFullSet(
      'stays on its cluster whatever the spec says later',
      async () => {
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'open' }],
        });
        await world.settle('web', 'prod', arrived);
        await world.declareService('web', {
          environments: [{ name: 'prod', class: 'open', cluster: 'mars' }],
        });
        const record = await world.settle(
          'web',
          'prod',
          speaks('ClusterFixed'),
        );
        expect(record.cluster).toBe('hub');
        expect(world.condition(record, 'Validated')!.message).toContain(
          "It runs on 'hub', the spec names 'mars'",
        );
      },
    );
  });
}
