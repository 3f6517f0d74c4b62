import { readdirSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse, stringify } from 'yaml';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { ALICE } from '../../git/__testUtils__/sandbox';
import type { KubernetesObject } from '../../ports/Clusters';
import type { EnvironmentRecord } from '../../ports/EnvironmentStore';
import { asAccount, rulesOf } from '../drift/__testUtils__/account';
import type { TestClusters } from './__testUtils__/clusters';
import { hubOf, realArgoCD } from './__testUtils__/realArgocd';
import { notingRights, rightsOf, type Rule } from './__testUtils__/rights';
import { World } from './__testUtils__/world';

const given = realArgoCD();
const databases = createTestDatabases();
jest.setTimeout(300_000);

const ENVIRONMENT = 'prod';
const PATIENT = { rounds: 120, pauseMs: 500 };
const ARGOCD = 'argoproj.io/v1alpha1';
const SET_REFRESH = 'argocd.argoproj.io/application-set-refresh';
const SET = {
  apiVersion: ARGOCD,
  kind: 'ApplicationSet',
  name: 'slipway-hub',
  namespace: 'argocd',
};

const CHART = resolvePackagePath(
  '@slipway/plugin-slipway-backend',
  '../../infra/charts/service',
);

/** The chart as a platform team puts it into its GitOps repository. */
function chartFiles() {
  return readdirSync(CHART, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .map(file => ({
      path: `charts/service/${path.relative(CHART, file)}`,
      content: readFileSync(file, 'utf8'),
    }));
}

const healthy = ({ conditions }: EnvironmentRecord) =>
  conditions.find(({ type }) => type === 'Healthy')?.status === 'True';

(given ? describe : describe.skip)(
  'one ApplicationSet for a cluster, with the real Argo CD',
  () => {
    let world: World;
    let noted: Awaited<ReturnType<typeof notingRights>>;
    const hub = () => world.hands.client('hub');
    const applicationOf = (service: string) => ({
      apiVersion: ARGOCD,
      kind: 'Application',
      name: world.namespace(service, ENVIRONMENT),
      namespace: 'argocd',
    });
    const deploymentOf = (service: string) =>
      hub().get({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
        namespace: world.namespace(service, ENVIRONMENT),
      });

    /** As it is in Git, and as Slipway would apply it. */
    async function planned(service: string): Promise<KubernetesObject> {
      const contents = await world.git.contents(world.gitops);
      const [, text] = Object.entries(contents).find(([file]) =>
        file.includes(`/${service}/${ENVIRONMENT}/platform/application-`),
      )!;
      return parse(text) as KubernetesObject;
    }

    const declare = (service: string, className: string, replicas = 1) =>
      world.declareService(service, {
        environments: [{ name: ENVIRONMENT, class: className }],
        database: false,
        replicas,
      });

    beforeAll(async () => {
      const organization = `set${Date.now().toString(36)}`;
      const own = hubOf(given!);
      const { info } = own;
      const configured = [
        {
          ...own,
          info: { ...info, argocd: { ...info.argocd, applicationSet: true } },
        },
      ];
      const admin: TestClusters = { configured, stop: async () => {} };
      const account = await asAccount(admin, `sets-${organization}`, [
        ...rulesOf('controller.yaml'),
        ...rulesOf('applicationset.yaml'),
      ]);
      noted = await notingRights(account.configured[0]);
      world = await World.create({
        clusters: { ...account, configured: [noted.cluster] },
        admin,
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
      // Of a run before this one, on the same testbed.
      await hub().delete(SET, { propagation: 'Orphan' });
      await symlink(world.git.root, path.join(given!.git.root, organization));
      await world.git.host.commit({
        repository: world.gitops,
        files: chartFiles(),
        message: 'Add the chart',
        gitAuthor: ALICE,
        trailers: {},
      });
      // The real one does what this one plays.
      jest.spyOn(world.argocd, 'round').mockResolvedValue();
      await world.declare({
        'classes/charted.yaml': stringify({
          apiVersion: 'slipway.dev/v1alpha1',
          kind: 'EnvironmentClass',
          metadata: { name: 'charted' },
          spec: {
            description: 'Values of the chart, and no healing.',
            quota: 'wide',
            cost: { base: { cents: 100, currency: 'USD' } },
            delivery: { form: 'chart', selfHeal: false },
          },
        }),
      });
      await declare('plain', 'open');
      await declare('charted', 'charted');
      await world.settle('plain', ENVIRONMENT, healthy, PATIENT);
      await world.settle('charted', ENVIRONMENT, healthy, PATIENT);
    });
    afterAll(async () => {
      await world?.close();
      await noted?.stop();
    });

    it.each(['plain', 'charted'])(
      'makes the Application of %s that Slipway would apply',
      async service => {
        const { metadata, spec } = (await hub().get(applicationOf(service)))!;
        const wanted = await planned(service);
        expect(spec).toEqual(wanted.spec);
        expect({
          labels: metadata.labels,
          annotations: metadata.annotations,
          finalizers: metadata.finalizers,
        }).toEqual({
          labels: wanted.metadata.labels,
          annotations: wanted.metadata.annotations,
          finalizers: wanted.metadata.finalizers,
        });
        expect(metadata.ownerReferences).toEqual([
          expect.objectContaining({
            kind: 'ApplicationSet',
            name: SET.name,
          }),
        ]);
      },
    );

    it('has the chart rendered by Argo CD, and a change of its values delivered', async () => {
      const contents = await world.git.contents(world.gitops);
      expect(
        Object.keys(contents).filter(file =>
          file.includes('/charted/prod/workload/'),
        ),
      ).toEqual([expect.stringMatching(/\/workload\/values\.yaml$/)]);
      await declare('charted', 'charted', 2);
      await world.settle(
        'charted',
        ENVIRONMENT,
        record =>
          healthy(record) &&
          (record as { appliedGeneration?: number }).appliedGeneration === 2,
        PATIENT,
      );
      // Argo CD says so a moment after it has done it.
      await world.until(async () => {
        const { spec } = (await deploymentOf('charted'))!;
        const { status } = (await hub().get(applicationOf('charted')))!;
        return (
          (spec as { replicas?: number }).replicas === 2 &&
          (status as { sync?: { status: string } }).sync?.status === 'Synced'
        );
      });
      expect((await deploymentOf('charted'))?.spec).toMatchObject({
        replicas: 2,
      });
    });

    it('keeps the Application of a folder that somebody took out of Git', async () => {
      const contents = await world.git.contents(world.gitops);
      const file = Object.keys(contents).find(name =>
        name.endsWith('/plain/prod/environment.yaml'),
      )!;
      const change = (content: string | null) =>
        world.git.host.commit({
          repository: world.gitops,
          files: [{ path: file, content }],
          message: 'Change it by hand',
          gitAuthor: ALICE,
          trailers: {},
        });
      const before = (await hub().get(applicationOf('plain')))!.metadata;
      await change(null);
      await hub().mergePatch(SET, {
        metadata: { annotations: { [SET_REFRESH]: 'true' } },
      });
      await world.until(
        async () =>
          !(await hub().get(SET))?.metadata.annotations?.[SET_REFRESH],
      );
      const after = (await hub().get(applicationOf('plain')))!.metadata;
      expect([after.uid, after.deletionTimestamp]).toEqual([
        before.uid,
        undefined,
      ]);
      await change(contents[file]);
    });

    it('makes no Application again that Slipway removed, and lets go of everything', async () => {
      await world.removeService('plain');
      await world.settle(
        'plain',
        ENVIRONMENT,
        ({ phase }) => phase === 'deleted',
        PATIENT,
      );
      expect(await hub().get(applicationOf('plain'))).toBeUndefined();
      expect(await deploymentOf('plain')).toBeUndefined();
      expect(await hub().get(applicationOf('charted'))).toBeDefined();
    });

    it('leaves the Application to Slipway where the setting is taken back', async () => {
      const before = (await hub().get(applicationOf('charted')))!.metadata;
      const [{ argocd }] = world.clusters.list();
      argocd.applicationSet = false;
      try {
        await declare('charted', 'charted');
        await world.settle(
          'charted',
          ENVIRONMENT,
          record =>
            healthy(record) &&
            (record as { appliedGeneration?: number }).appliedGeneration === 3,
          PATIENT,
        );
        await world.until(
          async () =>
            !(await hub().get(SET))?.metadata.annotations?.[SET_REFRESH],
        );
        await world.settle('charted', ENVIRONMENT, healthy, PATIENT);
        const { metadata, spec } = (await hub().get(applicationOf('charted')))!;
        expect(metadata.uid).toBe(before.uid);
        expect(metadata.ownerReferences).toBeUndefined();
        expect(spec).toEqual((await planned('charted')).spec);
      } finally {
        argocd.applicationSet = true;
      }
    });

    it('takes the rights of slipway:applicationset to the last verb, and no others', () => {
      const rightsIn = (file: string) => rightsOf(rulesOf(file) as Rule[]);
      const allowed = [
        ...rightsIn('controller.yaml'),
        ...rightsIn('applicationset.yaml'),
      ];
      expect([...noted.refused]).toEqual([]);
      expect([...noted.used].filter(right => !allowed.includes(right))).toEqual(
        [],
      );
      expect(
        [...noted.used]
          .filter(right => right.includes('applicationsets'))
          .sort(),
      ).toEqual(rightsIn('applicationset.yaml').sort());
    });
  },
);
