import { resolvePackagePath } from '@backstage/backend-plugin-api';
import slipwayModuleArgoWorkflows from '@slipway/plugin-slipway-backend-module-argo-workflows';
import slipwayModuleTekton from '@slipway/plugin-slipway-backend-module-tekton';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ConfiguredCluster, HttpClusters } from '../../kubernetes';
import { HttpTransport } from '../../kubernetes/HttpTransport';
import type { KubernetesObject } from '../../ports/Clusters';
import { rulesOf } from '../../reconcile/drift/__testUtils__/account';
import { configure } from '../../reconcile/environment/__testUtils__/clusters';
import {
  notingRights,
  rightsOf,
  type Rule,
} from '../../reconcile/environment/__testUtils__/rights';
import { enginesOf } from './__testUtils__/enginesOf';
import { AS_ANN, pipelinesOn, SHOP, until } from './__testUtils__/pipelinesOn';

const {
  SLIPWAY_TEST_PIPELINES_URL: url,
  SLIPWAY_TEST_PIPELINES_TOKEN: token,
  SLIPWAY_TEST_PIPELINES_CA: ca,
} = process.env;

const NAMESPACE = 'org-acme';
const OURS = {
  'slipway.dev/organization': 'acme',
  'slipway.dev/service': 'shop',
};
/** What the testbed's Pods go by; see its README. */
const FAILS = 'testbed.slipway.dev/fails';

const tekton = (name: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
  metadata: { name, namespace: NAMESPACE, labels: OURS, annotations },
  spec: {
    params: [{ name: 'revision', value: '4f2a91c' }],
    pipelineSpec: {
      params: [{ name: 'revision', type: 'string' }],
      tasks: ['clone', 'test'].map((task, index) => ({
        name: task,
        ...(index > 0 && { runAfter: ['clone'] }),
        taskSpec: {
          steps: ['prepare', 'work', 'report'].map(step => ({
            name: step,
            image: 'registry.test/work:1',
            command: ['true'],
          })),
        },
      })),
    },
  },
});

const workflow = (name: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Workflow',
  metadata: { name, namespace: NAMESPACE, labels: OURS },
  spec: {
    entrypoint: 'all',
    arguments: { parameters: [{ name: 'revision', value: '4f2a91c' }] },
    templates: [
      {
        name: 'all',
        steps: [
          [{ name: 'clone', template: 'clone' }],
          [{ name: 'test', template: 'test' }],
        ],
      },
      ...['clone', 'test'].map(template => ({
        name: template,
        ...(template === 'test' && { metadata: { annotations } }),
        container: { image: 'registry.test/work:1', command: ['true'] },
      })),
    ],
  },
});

const MAKERS = [
  {
    engine: 'tekton',
    make: tekton,
    failing: { [FAILS]: 'test/step-work' },
    good: [
      'prepare of clone succeeded',
      'work of clone succeeded',
      'report of clone succeeded',
      'prepare of test succeeded',
      'work of test succeeded',
      'report of test succeeded',
    ],
    bad: [
      'prepare of clone succeeded',
      'work of clone succeeded',
      'report of clone succeeded',
      'prepare of test succeeded',
      'work of test failed 3',
      'report of test skipped',
    ],
    message: 'Step work of test failed with exit code 3.',
  },
  {
    engine: 'argo-workflows',
    make: workflow,
    failing: { [FAILS]: 'main' },
    good: ['clone of clone succeeded', 'test of test succeeded'],
    bad: ['clone of clone succeeded', 'test of test failed 3'],
    message: 'Step test failed with exit code 3.',
  },
];

/** The API groups of the engines. */
const GROUPS: Record<string, string> = {
  tekton: 'tekton.dev/',
  'argo-workflows': 'argoproj.io/',
};

/** Of an account with the rights that `infra/rbac` gives for pipelines, and no others. */
async function slipwaysToken(admin: ConfiguredCluster): Promise<string> {
  const name = 'slipway-pipelines-test';
  const namespace = 'default';
  const clusters = HttpClusters.create({ clusters: [admin] });
  const client = clusters.client(admin.info.name);
  const role = parse(
    readFileSync(
      resolvePackagePath(
        '@slipway/plugin-slipway-backend',
        '../../infra/rbac/pipelines.yaml',
      ),
      'utf8',
    ),
  ) as KubernetesObject;
  await client.apply(role);
  await client.apply({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace },
  });
  await client.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role.metadata.name,
    },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  clusters.close();
  const { connection, info } = admin;
  const transport = HttpTransport.create({ cluster: info.name, connection });
  const { body } = await transport.request({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 3600 },
    },
  });
  transport.close();
  return (body as { status: { token: string } }).status.token;
}

// Needs the controllers of the testbed's add-ons; `test:cluster --all` starts them.
const describeControllers = url && token ? describe : describe.skip;

describeControllers.each(MAKERS)(
  'pipelines on the real controller of $engine',
  ({ engine, make, failing, good, bad, message }) => {
    const suffix = randomUUID().slice(0, 6);
    const [passing, breaking] = [`good-${suffix}`, `bad-${suffix}`];
    let portal: Awaited<ReturnType<typeof pipelinesOn>>;
    let administrator: HttpClusters | undefined;
    let noted: Awaited<ReturnType<typeof notingRights>> | undefined;

    const find = async (name: string) =>
      (await portal.pipelines.list(SHOP)).items.find(
        item => item.name === name && item.engine === engine,
      );
    const ended = (name: string) =>
      until(async () => {
        const item = await find(name);
        return item && ['succeeded', 'failed'].includes(item.state) && item;
      }, 20_000);
    const steps = async (name: string) =>
      (await find(name))?.steps.map(({ name: step, task, state, exitCode }) =>
        [step, 'of', task, state, ...(exitCode ? [exitCode] : [])].join(' '),
      );
    const stepsOf = async (name: string, wanted: string[]) => {
      // What they are after all tells more than that it took too long.
      await until(
        async () => (await steps(name))?.join() === wanted.join(),
      ).catch(() => undefined);
      expect(await steps(name)).toEqual(wanted);
    };

    beforeAll(async () => {
      const connection = {
        url: url!,
        token: token!,
        ca: ca && Buffer.from(ca, 'base64').toString('utf8'),
      };
      const admin = configure('real', { name: 'real' }, connection);
      noted = await notingRights(
        configure(
          'real',
          { name: 'real' },
          { ...connection, token: await slipwaysToken(admin) },
        ),
      );
      portal = await pipelinesOn({
        clusters: [noted.cluster],
        engines: await enginesOf([
          slipwayModuleTekton,
          slipwayModuleArgoWorkflows,
        ]),
      });
      administrator = HttpClusters.create({ clusters: [admin] });
      const client = administrator.client('real');
      await client.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: NAMESPACE },
      });
      await client.create(make(passing));
      await client.create(make(breaking, failing));
      portal.asked.length = 0;
    }, 20_000);

    afterAll(async () => {
      await portal?.stop();
      administrator?.close();
      await noted?.stop();
    });

    it('are read to their end from memory, step by step', async () => {
      expect(await ended(passing)).toMatchObject({
        state: 'succeeded',
        byUs: true,
        revision: '4f2a91c',
        namespace: NAMESPACE,
      });
      await stepsOf(passing, good);
      expect(portal.asked).toEqual([]);
    }, 90_000);

    it('say which step failed, with its exit code', async () => {
      expect(await ended(breaking)).toMatchObject({ state: 'failed' });
      await stepsOf(breaking, bad);
      const item = (await find(breaking))!;
      expect(item.message).toBe(message);
      expect(item.steps.find(({ id }) => id === item.failedStep)).toMatchObject(
        { logs: true, exitCode: 3 },
      );
    }, 90_000);

    it("read the log of a step's container by way of the API server", async () => {
      const { id, failedStep } = (await find(breaking))!;
      const log = await portal.pipelines.logs({ ...SHOP, id }, { tail: 1 });
      // kwok runs no container and has the same two lines for all of them; the API server refuses a wrong Pod or container.
      expect(log).toEqual({
        step: failedStep,
        lines: [{ at: '2026-01-01T00:00:00.000Z', text: 'nothing ran in it' }],
        truncated: true,
      });
    }, 30_000);

    it('are run again once, however often it is asked with one key', async () => {
      const { id } = (await find(passing))!;
      const ids = await Promise.all(
        [1, 2, 3].map(() =>
          portal.pipelines.rerun({ ...SHOP, id }, 'one-wish', AS_ANN),
        ),
      );
      expect(new Set(ids).size).toBe(1);
      const rerun = await until(async () => {
        const found = (await portal.pipelines.list(SHOP)).items.filter(
          item => item.rerunOf === id,
        );
        return found.length > 0 && found[0].state === 'succeeded' && found;
      }, 20_000);
      expect(rerun).toHaveLength(1);
      expect(rerun[0]).toMatchObject({
        id: ids[0],
        byUs: true,
        trigger: 're-run by user:default/ann',
      });
      await stepsOf(rerun[0].name, good);
    }, 90_000);

    it('use every right of infra/rbac/pipelines.yaml that is for them, and no other', () => {
      const rights = rightsOf(rulesOf('pipelines.yaml') as Rule[]);
      const others = MAKERS.filter(maker => maker.engine !== engine);
      const own = rights.filter(right =>
        others.every(other => !right.includes(GROUPS[other.engine])),
      );
      const used = [...noted!.used].sort();
      expect(used.filter(right => !rights.includes(right))).toEqual([]);
      expect(own.filter(right => !used.includes(right))).toEqual([]);
      // The account has no other role, so what is watched beside pipelines is refused.
      const beside = rightsOf(rulesOf('controller.yaml') as Rule[]);
      expect(
        [...noted!.refused].filter(right => !beside.includes(right)),
      ).toEqual([]);
    });
  },
);
