import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { argocdVerdict } from '../../domain/drift/verdict';
import type { LiveApplication } from '../../domain/live/types';
import { hubOf, realArgoCD } from '../environment/__testUtils__/realArgocd';
import { DriftWorld } from './__testUtils__/DriftWorld';

const given = realArgoCD();
const databases = createTestDatabases();
jest.setTimeout(300_000);

const PATIENT = { rounds: 120, pauseMs: 500 };
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

(given ? describe : describe.skip)(
  'drift beside the verdict of the real Argo CD',
  () => {
    let drift: DriftWorld;

    beforeAll(async () => {
      const organization = `verdict${Date.now().toString(36)}`;
      drift = await DriftWorld.create({
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
      const { world } = drift;
      await symlink(world.git.root, path.join(given!.git.root, organization));
      // The real one does what this one plays.
      jest.spyOn(world.argocd, 'round').mockResolvedValue();
      await drift.declare();
      await world.settle(
        'web',
        'prod',
        ({ conditions }) =>
          conditions.find(({ type }) => type === 'Healthy')?.status === 'True',
        PATIENT,
      );
    });
    afterAll(() => drift?.close());

    /** What Argo CD says after it has compared anew. */
    async function compared(): Promise<string> {
      const hub = drift.world.clusters.client('hub');
      const ref = {
        ...APPLICATION,
        name: drift.namespace,
        namespace: 'argocd',
      };
      const status = async () =>
        ((await hub.get(ref))?.status ?? {}) as {
          reconciledAt?: string;
          sync?: { status: string };
        };
      const before = (await status()).reconciledAt;
      // Its times are whole seconds.
      await new Promise(resolve => setTimeout(resolve, 1_100));
      await hub.mergePatch(ref, {
        metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
      });
      for (let i = 0; i < 240; i++) {
        const { reconciledAt, sync } = await status();
        if (reconciledAt !== before && sync) return sync.status;
        await new Promise(resolve => setTimeout(resolve, 250));
      }
      throw new Error('Argo CD did not compare');
    }

    /** What we say, and what Argo CD says beside it. */
    async function verdict() {
      const sync = await compared();
      const record = (await drift.look())!;
      return {
        ours: record.drifted.flatMap(({ kind, fields }) =>
          fields.map(field => `${kind} ${field.path} ${field.why}`),
        ),
        argocd: argocdVerdict(
          { sync } as LiveApplication,
          record.state,
          record.drifted,
        ),
      };
    }

    it('is none of both after a real sync', async () => {
      expect(await verdict()).toEqual({
        ours: [],
        argocd: { sync: 'Synced', agrees: true },
      });
    });

    it('differs for what Slipway applies, which Argo CD does not look at', async () => {
      const web = drift.ref('NetworkPolicy', 'web');
      const labels = (by: string | null) =>
        drift.hand.patch(web, 'kubectl-label', {
          metadata: { labels: { by } },
        });
      await labels('hand');
      expect(await verdict()).toEqual({
        ours: ['NetworkPolicy metadata.labels.by foreign'],
        argocd: {
          sync: 'Synced',
          agrees: false,
          why: expect.stringContaining('platform/'),
        },
      });
      await labels(null);
    });

    it('differs for what somebody added beside the fields of Git', async () => {
      const env = (more: object) =>
        drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-set', {
          spec: {
            template: {
              spec: {
                containers: [
                  { name: 'web', env: [{ name: 'DEBUG', ...more }] },
                ],
              },
            },
          },
        });
      await env({ value: 'yes' });
      expect(await verdict()).toEqual({
        ours: [
          'Deployment spec.template.spec.containers[name=web].env[name=DEBUG] foreign',
        ],
        argocd: {
          sync: 'Synced',
          agrees: false,
          why: expect.stringContaining('only fields that Git sets'),
        },
      });
      await env({ $patch: 'delete' });
    });

    it('is the same for a field that Git sets and somebody changed', async () => {
      await drift.hand.patch(drift.ref('Deployment', 'web'), 'kubectl-edit', {
        spec: { replicas: 1 },
      });
      expect(await verdict()).toEqual({
        ours: ['Deployment spec.replicas changed'],
        argocd: { sync: 'OutOfSync', agrees: true },
      });
    });
  },
);
