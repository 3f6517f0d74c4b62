import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { ALICE } from '../../git/__testUtils__/sandbox';
import type { KubernetesObject } from '../../ports/Clusters';
import { hubOf, realArgoCD } from './__testUtils__/realArgocd';
import { World } from './__testUtils__/world';

const given = realArgoCD();
const databases = createTestDatabases();
jest.setTimeout(300_000);

const SERVICE = 'web';
const ENVIRONMENT = 'prod';
const NEIGHBOUR = 'other';
const PATIENT = { rounds: 120, pauseMs: 500 };

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

/** What Argo CD says of an Application. */
interface Verdict {
  conditions?: Array<{ type: string; message: string }>;
  operationState?: {
    phase: string;
    message?: string;
    syncResult?: {
      resources?: Array<{ kind: string; name: string; message?: string }>;
    };
  };
}

/** Somebody who may write to `workload/` of one environment, and what they would like to have. */
function smuggled(own: string, other: string): KubernetesObject[] {
  const named = (apiVersion: string, kind: string, namespace?: string) => ({
    apiVersion,
    kind,
    metadata: { name: `smuggled-${kind.toLowerCase()}`, namespace },
  });
  const rbac = 'rbac.authorization.k8s.io/v1';
  const argo = 'argoproj.io/v1alpha1';
  return [
    { ...named('v1', 'ConfigMap', other), data: {} },
    { ...named(rbac, 'ClusterRole'), rules: [] },
    named('v1', 'Namespace'),
    { ...named('v1', 'LimitRange', own), spec: { limits: [] } },
    { ...named('v1', 'ResourceQuota', own), spec: { hard: {} } },
    named('v1', 'ServiceAccount', own),
    { ...named('networking.k8s.io/v1', 'NetworkPolicy', own), spec: {} },
    { ...named(rbac, 'Role', own), rules: [] },
    {
      ...named(rbac, 'RoleBinding', own),
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
    },
    {
      ...named(argo, 'AppProject', own),
      spec: { destinations: [{ server: '*', namespace: '*' }] },
    },
    {
      ...named(argo, 'Application', own),
      spec: { project: 'default', destination: {}, source: { repoURL: 'x' } },
    },
    {
      ...named(argo, 'ApplicationSet', own),
      spec: {
        generators: [],
        template: {
          metadata: {},
          spec: {
            project: 'default',
            destination: {},
            source: { repoURL: 'x' },
          },
        },
      },
    },
  ];
}

(given ? describe : describe.skip)(
  'the AppProject of an environment, before the real Argo CD',
  () => {
    let world: World;
    const ref = () => ({
      ...APPLICATION,
      name: world.namespace(SERVICE, ENVIRONMENT),
      namespace: 'argocd',
    });
    const hub = () => world.clusters.client('hub');
    const verdict = async () =>
      ((await hub().get(ref()))?.status ?? {}) as Verdict;

    beforeAll(async () => {
      const organization = `guard${Date.now().toString(36)}`;
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
      // The real one does what this one plays.
      jest.spyOn(world.argocd, 'round').mockResolvedValue();
      for (const service of [SERVICE, NEIGHBOUR]) {
        await world.declareService(service, {
          environments: [{ name: ENVIRONMENT, class: 'open' }],
          database: false,
        });
      }
      for (const service of [SERVICE, NEIGHBOUR]) {
        await world.settle(
          service,
          ENVIRONMENT,
          ({ conditions }) =>
            conditions.find(({ type }) => type === 'Healthy')?.status ===
            'True',
          PATIENT,
        );
      }
    });
    afterAll(() => world?.close());

    async function eventually<T>(
      probe: () => Promise<T | undefined>,
    ): Promise<T> {
      for (let i = 0; i < 240; i++) {
        const found = await probe();
        if (found !== undefined) return found;
        await new Promise(resolve => setTimeout(resolve, 500));
      }
      throw new Error(
        `Argo CD did not say so: ${JSON.stringify(await verdict(), undefined, 1)}`,
      );
    }

    const refresh = () =>
      hub().mergePatch(ref(), {
        metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
      });

    it('lets through what an environment is made of', async () => {
      const { operationState } = await verdict();
      expect(operationState?.phase).toBe('Succeeded');
      expect(
        operationState?.syncResult?.resources?.map(({ kind }) => kind),
      ).toEqual(expect.arrayContaining(['Deployment', 'Service']));
    });

    it('is left by Argo CD as it is rendered, and so is the Application', async () => {
      const contents = await world.git.contents(world.gitops);
      for (const kind of ['AppProject', 'Application']) {
        const [, text] = Object.entries(contents).find(
          ([file]) =>
            file.includes(`/${SERVICE}/${ENVIRONMENT}/platform/`) &&
            file.includes(`/${kind.toLowerCase()}-`),
        )!;
        const live = await hub().get({ ...ref(), kind });
        expect(live?.spec).toEqual((parse(text) as KubernetesObject).spec);
      }
    });

    it.each([
      [
        'another repository',
        () => ({ source: { repoURL: 'https://git.example.com/theirs.git' } }),
        /repo https:\/\/git\.example\.com\/theirs\.git is not permitted in project/,
      ],
      [
        "another team's namespace",
        () => ({
          destination: { namespace: world.namespace(NEIGHBOUR, ENVIRONMENT) },
        }),
        /namespace '.*--other--prod' do not match any of the allowed destinations in project/,
      ],
      [
        'another cluster',
        () => ({ destination: { server: given!.clusters[1].url } }),
        /do not match any of the allowed destinations in project/,
      ],
    ])(
      'stops an Application that was turned to %s',
      async (_, turned, message) => {
        const before = (await hub().get(ref()))!.spec as object;
        await hub().mergePatch(ref(), { spec: turned() });
        try {
          const condition = await eventually(async () =>
            (await verdict()).conditions?.find(({ message: text }) =>
              message.test(text),
            ),
          );
          expect(condition.type).toBe('InvalidSpecError');
        } finally {
          await hub().mergePatch(ref(), { spec: before });
        }
        await eventually(async () =>
          (await verdict()).conditions?.length ? undefined : true,
        );
      },
    );

    it('stops each object that has no place in workload/: of another namespace, of the cluster, of platform/', async () => {
      const own = world.namespace(SERVICE, ENVIRONMENT);
      const other = world.namespace(NEIGHBOUR, ENVIRONMENT);
      const objects = smuggled(own, other);
      const folder = `clusters/hub/${world.organization}/${SERVICE}/${ENVIRONMENT}/workload`;
      await world.git.host.commit({
        repository: world.gitops,
        files: objects.map(object => ({
          path: `${folder}/${object.metadata.name}.yaml`,
          content: stringify(object),
        })),
        message: 'Help ourselves',
        gitAuthor: ALICE,
        trailers: {},
      });
      await refresh();

      const refused = await eventually(async () => {
        const { operationState } = await verdict();
        const resources = operationState?.syncResult?.resources ?? [];
        return resources.some(({ name }) => name.startsWith('smuggled-'))
          ? resources
          : undefined;
      });
      const said = Object.fromEntries(
        refused
          .filter(({ name }) => name.startsWith('smuggled-'))
          .map(({ kind, message }) => [kind, message]),
      );
      const kindRefused = expect.stringMatching(
        /^resource \S+ is not permitted in project/,
      );
      expect(said).toEqual({
        ConfigMap: expect.stringMatching(
          new RegExp(`^namespace ${other} is not permitted in project`),
        ),
        ClusterRole: kindRefused,
        Namespace: kindRefused,
        LimitRange: kindRefused,
        ResourceQuota: kindRefused,
        ServiceAccount: kindRefused,
        NetworkPolicy: kindRefused,
        Role: kindRefused,
        RoleBinding: kindRefused,
        AppProject: kindRefused,
        Application: kindRefused,
        ApplicationSet: kindRefused,
      });
      for (const { apiVersion, kind, metadata } of objects) {
        expect(
          await hub().get({ apiVersion, kind, ...metadata }),
        ).toBeUndefined();
      }
    });
  },
);
