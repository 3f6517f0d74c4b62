import fc from 'fast-check';
import { FIELD_MANAGER } from '@slipway/plugin-slipway-common';
import {
  allowedBy,
  ARGOCD_MANAGER,
  DEFAULT_ALLOWED_MANAGERS,
  driftOf,
} from '../../../domain/drift';
import { HttpClusters } from '../../../kubernetes';
import type { ClusterClient, KubernetesObject } from '../../../ports/Clusters';
import type { TestClusters } from '../../environment/__testUtils__/clusters';
import { Hand } from './Hand';
import { goldens } from './goldens';

/** What Argo CD notes on everything that it applies. */
const TRACKING = { 'argocd.argoproj.io/tracking-id': 'app:group/Kind:ns/name' };

/* eslint-disable jest/no-export, jest/valid-title -- the same tests are declared for each kind of API server */
/** Whatever an API server makes of what was agreed is no drift, and one field that somebody changes is. */
export function describeNoFalseDrift(
  name: string,
  create: (() => Promise<TestClusters>) | undefined,
): void {
  (create ? describe : describe.skip)(name, () => {
    let clusters: TestClusters;
    let connected: HttpClusters;
    let client: ClusterClient & {
      serves(kind: { apiVersion: string; kind: string }): Promise<boolean>;
    };
    let hand: Hand;
    const allowed = allowedBy(DEFAULT_ALLOWED_MANAGERS);

    beforeAll(async () => {
      clusters = await create!();
      connected = HttpClusters.create({ clusters: clusters.configured });
      client = connected.client('hub') as typeof client;
      hand = new Hand(clusters.configured[0]);
    });
    afterAll(async () => {
      hand?.close();
      connected?.close();
      await clusters?.stop();
    });

    const look = async (wanted: KubernetesObject, applier: string) => {
      const { name: object, namespace } = wanted.metadata;
      const live = await client.get({ ...wanted, name: object, namespace });
      const applied = await client.apply(wanted, {
        dryRun: true,
        force: true,
        fieldManager: applier,
      });
      return driftOf({ wanted, live: live!, applied, applier, allowed });
    };

    const applyAs = async (wanted: KubernetesObject, applier: string) => {
      const tracked =
        applier === ARGOCD_MANAGER
          ? {
              ...wanted,
              metadata: {
                ...wanted.metadata,
                annotations: { ...wanted.metadata.annotations, ...TRACKING },
              },
            }
          : wanted;
      const options = { force: true, fieldManager: applier } as { force: true };
      await client.apply(tracked, options);
    };

    it.each(goldens().map(golden => [golden.name, golden] as const))(
      'finds none in %s, fresh from the API server',
      async (_, { platform, workload }) => {
        const [namespace] = platform.filter(({ kind }) => kind === 'Namespace');
        await client.apply(namespace);
        const objects = [
          ...platform.map(object => ({ object, applier: FIELD_MANAGER })),
          ...workload.map(object => ({ object, applier: ARGOCD_MANAGER })),
        ];
        const looked: string[] = [];
        for (const { object, applier } of objects) {
          if (object.kind === 'Secret') continue;
          if (!(await client.serves(object))) continue;
          await applyAs(object, applier);
          const drift = await look(object, applier);
          expect({
            object: `${object.kind} ${object.metadata.name}`,
            drift,
          }).toEqual({
            object: `${object.kind} ${object.metadata.name}`,
            drift: [],
          });
          looked.push(object.kind);
        }
        expect(looked.length).toBeGreaterThan(6);
      },
      60_000,
    );

    describe('of one Deployment', () => {
      const NS = 'drift-of-one';
      const ref = { kind: 'Deployment', namespace: NS, name: 'web' };
      const wanted: KubernetesObject = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: NS, labels: { app: 'web' } },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              containers: [
                {
                  name: 'web',
                  image: 'example.com/web:1',
                  ports: [{ containerPort: 8080 }],
                  env: [
                    { name: 'LOG', value: 'info' },
                    { name: 'MODE', value: 'fast' },
                  ],
                },
              ],
            },
          },
        },
      };

      beforeAll(() =>
        client.apply({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: NS },
        }),
      );
      beforeEach(async () => {
        await client.delete(
          { ...wanted, name: 'web', namespace: NS },
          { propagation: 'Background' },
        );
        await applyAs(wanted, ARGOCD_MANAGER);
      });
      const drift = () => look(wanted, ARGOCD_MANAGER);

      it('names the field, both values, the tool and the time of a change', async () => {
        await hand.patch(ref, 'kubectl-edit', { spec: { replicas: 5 } });
        const [found, ...others] = await drift();
        expect(others).toEqual([]);
        expect(found).toEqual({
          path: 'spec.replicas',
          segments: ['spec', 'replicas'],
          wanted: 2,
          found: 5,
          why: 'changed',
          manager: 'kubectl-edit',
          tool: 'kubectl edit',
          operation: 'Update',
          since: expect.stringMatching(/^\d{4}-.*Z$/),
        });
      });

      it('names a container by its name, not by its place', async () => {
        const containers = [{ name: 'web', image: 'example.com/web:2' }];
        await hand.patch(ref, 'kubectl-edit', {
          spec: { template: { spec: { containers } } },
        });
        expect(await drift()).toEqual([
          expect.objectContaining({
            path: 'spec.template.spec.containers[name=web].image',
            segments: ['spec', 'template', 'spec', 'containers', 0, 'image'],
            wanted: 'example.com/web:1',
            found: 'example.com/web:2',
            tool: 'kubectl edit',
          }),
        ]);
      });

      it('calls what somebody added beside Git foreign, as one finding an item', async () => {
        const env = [{ name: 'DEBUG', value: 'yes' }];
        await hand.patch(ref, 'kubectl-set', {
          metadata: { annotations: { 'example.com/by': 'hand' } },
          spec: { template: { spec: { containers: [{ name: 'web', env }] } } },
        });
        expect(await drift()).toEqual([
          expect.objectContaining({
            path: 'metadata.annotations[example.com/by]',
            found: 'hand',
            why: 'foreign',
          }),
          expect.objectContaining({
            path: 'spec.template.spec.containers[name=web].env[name=DEBUG]',
            found: { name: 'DEBUG', value: 'yes' },
            why: 'foreign',
            manager: 'kubectl-set',
          }),
        ]);
      });

      it('finds what somebody took out', async () => {
        await hand.patch(
          ref,
          'kubectl-patch',
          [{ op: 'remove', path: '/spec/template/spec/containers/0/env/0' }],
          { type: 'json' },
        );
        const [found, ...others] = await drift();
        expect(others).toEqual([]);
        expect(found).toMatchObject({
          path: 'spec.template.spec.containers[name=web].env[name=LOG]',
          wanted: { name: 'LOG', value: 'info' },
          why: 'changed',
        });
        expect(found).not.toHaveProperty('found');
      });

      it('leaves alone what controllers write, a restart, and a field that another one wants just so', async () => {
        await hand.patch(ref, 'kube-controller-manager', {
          spec: { replicas: 7 },
        });
        await hand.patch(ref, 'kubectl-rollout', {
          spec: {
            template: {
              metadata: {
                annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' },
              },
            },
          },
        });
        await hand.apply(
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'web', namespace: NS, labels: { app: 'web' } },
          } as KubernetesObject,
          'somebody-else',
        );
        expect(await drift()).toEqual([]);
      });

      it('leaves alone what the applier itself has set from another commit', async () => {
        const newer = {
          ...wanted,
          spec: { ...(wanted.spec as object), replicas: 9 },
        };
        await applyAs(newer, ARGOCD_MANAGER);
        expect(await drift()).toEqual([]);
      });

      it('finds exactly the variables that were changed, whichever they are', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.subarray(['LOG', 'MODE']),
            fc.subarray(['A', 'B.C', 'D-1']),
            async (changed, added) => {
              await client.delete(
                { ...wanted, name: 'web', namespace: NS },
                { propagation: 'Background' },
              );
              await applyAs(wanted, ARGOCD_MANAGER);
              const env = [...changed, ...added].map(variable => ({
                name: variable,
                value: 'otherwise',
              }));
              await hand.patch(ref, 'kubectl-edit', {
                spec: {
                  template: { spec: { containers: [{ name: 'web', env }] } },
                },
              });
              const at = 'spec.template.spec.containers[name=web].env';
              expect(
                (await drift()).map(({ path, why }) => [path, why]),
              ).toEqual(
                [
                  ...changed.map(v => [`${at}[name=${v}].value`, 'changed']),
                  ...added.map(v => [`${at}[name=${v}]`, 'foreign']),
                ].sort(([a], [b]) => (a < b ? -1 : 1)),
              );
            },
          ),
          { numRuns: 15 },
        );
      }, 60_000);
    });
  });
}
