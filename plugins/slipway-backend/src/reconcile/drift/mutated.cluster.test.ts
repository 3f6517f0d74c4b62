/* eslint jest/no-standalone-expect: ["error", { "additionalTestBlockFunctions": ["itInFullSet"] }] -- it is a test */
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { HttpClusters } from '../../kubernetes';
import type { ClusterClient, KubernetesObject } from '../../ports/Clusters';
import {
  realClusters,
  type TestClusters,
} from '../environment/__testUtils__/clusters';
import { DriftWorld } from './__testUtils__/DriftWorld';
import { everyKind } from './__testUtils__/everyKind';
import { itInFullSet } from '../environment/__testUtils__/itInFullSet';

const databases = createTestDatabases();
const start = realClusters();
jest.setTimeout(240_000);

const V1 = 'admissionregistration.k8s.io/v1';
const MIRROR = 'mirror.example.com/';
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };

/** What a platform's admission does: it marks, it redirects images, it adds to containers. */
const MUTATIONS = [
  {
    patchType: 'ApplyConfiguration',
    applyConfiguration: {
      expression:
        'Object{metadata: Object.metadata{labels: {"example.com/cost": "shop"}}}',
    },
  },
  {
    patchType: 'JSONPatch',
    jsonPatch: {
      expression: `object.spec.template.spec.containers[0].image.startsWith('${MIRROR}') ? [] : [
        JSONPatch{op: 'replace', path: '/spec/template/spec/containers/0/image', value: '${MIRROR}' + object.spec.template.spec.containers[0].image},
        JSONPatch{op: 'add', path: '/spec/template/spec/tolerations', value: [{'key': 'example.com/pool', 'operator': 'Exists'}]}
      ]`,
    },
  },
];

(start ? describe : describe.skip)(
  'drift where others write along, on a real API server',
  () => {
    const run = Date.now().toString(36);
    let count = 0;
    let admin: TestClusters;
    let all: HttpClusters;
    let hub: ClusterClient;
    let drift: DriftWorld;

    beforeAll(async () => {
      admin = await start!();
      all = HttpClusters.create({ clusters: admin.configured });
      hub = all.client('hub');
    });
    beforeEach(async () => {
      drift = await DriftWorld.create({
        clusters: admin,
        db: await databases.migrated('SQLITE_3'),
        organization: `mutated${run}${count++}`,
      });
    });
    afterEach(async () => {
      for (const kind of [
        'MutatingAdmissionPolicyBinding',
        'MutatingAdmissionPolicy',
      ])
        await hub.delete({ apiVersion: V1, kind, name: drift.namespace });
      await drift.close();
    });
    afterAll(() => all?.close());

    /** Lets the API server change every Deployment of the environment, from now on. */
    async function mutate(): Promise<void> {
      const name = drift.namespace;
      const objects: KubernetesObject[] = [
        {
          apiVersion: V1,
          kind: 'MutatingAdmissionPolicy',
          metadata: { name },
          spec: {
            failurePolicy: 'Fail',
            reinvocationPolicy: 'Never',
            matchConstraints: {
              resourceRules: [
                {
                  apiGroups: ['apps'],
                  apiVersions: ['v1'],
                  operations: ['CREATE', 'UPDATE'],
                  resources: ['deployments'],
                },
              ],
            },
            mutations: MUTATIONS,
          },
        },
        {
          apiVersion: V1,
          kind: 'MutatingAdmissionPolicyBinding',
          metadata: { name },
          spec: {
            policyName: name,
            matchResources: {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': name },
              },
            },
          },
        },
      ];
      for (const object of objects) await hub.apply(object);
      await drift.world.until(async () => {
        const found = await hub.apply(
          {
            ...DEPLOYMENT,
            metadata: { name: 'probe', namespace: name },
            spec: {
              selector: { matchLabels: { a: 'b' } },
              template: {
                metadata: { labels: { a: 'b' } },
                spec: { containers: [{ name: 'a', image: 'a' }] },
              },
            },
          },
          { dryRun: true },
        );
        return found.metadata.labels?.['example.com/cost'] === 'shop';
      });
    }

    const web = async () =>
      (await hub.get({
        ...DEPLOYMENT,
        name: 'web',
        namespace: drift.namespace,
      })) as KubernetesObject & {
        spec: {
          replicas: number;
          template: { spec: { containers: Array<{ image: string }> } };
        };
      };

    it('finds none in what admission changed, and what somebody changed then', async () => {
      await drift.begin();
      await mutate();
      // As with the next release: from here on what Argo CD applies is changed on its way.
      await drift.sync();
      expect((await web()).spec.template.spec.containers[0].image).toMatch(
        MIRROR,
      );
      expect(await drift.look()).toMatchObject({ state: 'none', drifted: [] });
      await drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-edit', {
        spec: { replicas: 5 },
      });
      expect(await drift.paths()).toEqual(['Deployment web spec.replicas']);
    });

    itInFullSet(
      'finds none where admission would change now what it did not when it was applied',
      async () => {
        await drift.begin();
        await mutate();
        // Nothing is asked for what nobody wrote to, so somebody does.
        await drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-edit', {
          spec: { replicas: 5 },
        });
        expect(await drift.paths()).toEqual(['Deployment web spec.replicas']);
      },
    );

    itInFullSet(
      'finds none in an object of every kind after its controllers, with an autoscaler',
      async () => {
        await drift.begin();
        await drift.world.declare({
          [drift.world.servicePath('web')]: everyKind(drift.world.organization),
        });
        await drift.arrive();
        await drift.sync();
        // It goes to its minimum by itself within 15 seconds; the Deployment said nothing.
        await drift.world.until(async () => (await web()).spec.replicas === 2);
        expect(await drift.look()).toMatchObject({
          state: 'none',
          drifted: [],
        });
      },
    );
  },
);
