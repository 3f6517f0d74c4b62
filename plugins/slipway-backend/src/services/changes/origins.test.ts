import { DEFAULT_PRICES, type EnvironmentPlan } from '@slipway/plan';
import type { FileChange } from '@slipway/plugin-slipway-node';
import { clusterFacts } from '../../domain/platform/clusterFacts';
import { planDeclared } from '../../domain/platform/planDeclared';
import {
  PlatformState,
  readPlatformFile,
} from '../../domain/platform/PlatformState';
import {
  ALICE,
  commitByHand,
  createSandbox,
  type GitSandbox,
} from '../../git/__testUtils__/sandbox';
import {
  platformFiles,
  serviceFile,
} from '../../reconcile/environment/__testUtils__/specs';
import { DeliveryOrigin } from './origins';

jest.setTimeout(60_000);

const NAME = { organization: 'shop', service: 'pay', environment: 'prod' };
const BRANCH = 'slipway/release/shop/pay/prod';
const FOLDER = 'clusters/hub/shop/pay/prod';
const TARGET = {
  repoURL: 'https://git.example.com/gitops.git',
  branch: 'main',
};
const CLUSTER = clusterFacts({
  name: 'hub',
  argocd: {
    cluster: 'hub',
    namespace: 'argocd',
    destination: { name: 'in-cluster' },
    applicationSet: true,
  },
} as Parameters<typeof clusterFacts>[0]);

function declared(replicas: number, form = 'rendered'): PlatformState {
  const files: Record<string, string> = {
    ...platformFiles('shop'),
    'organizations/shop/services/pay.yaml': serviceFile('shop', 'pay', {
      environments: [{ name: 'prod', class: 'open' }],
      revision: '',
      database: false,
      replicas,
    }),
  };
  files['classes/chart.yaml'] = files['classes/open.yaml']
    .replace('name: open', 'name: chart')
    .replace('spec:\n', `spec:\n  delivery: { form: ${form} }\n`);
  return PlatformState.of(
    Object.entries(files).map(([path, text]) => readPlatformFile(path, text)),
  );
}

const surroundings = (revision: string) => ({
  clusters: [CLUSTER],
  prices: DEFAULT_PRICES,
  gitops: TARGET,
  release: () => ({ workloads: { web: { revision } } }),
  recordedCluster: () => 'hub',
});

function rendered(state: PlatformState, revision: string): EnvironmentPlan {
  const attempt = planDeclared(state, NAME, surroundings(revision));
  if (!('plan' in attempt)) throw new Error(attempt.message);
  return attempt.plan;
}

describe('a change of the GitOps repository', () => {
  let sandbox: GitSandbox;
  let repository: { url: string; branch: string };
  let state: PlatformState;
  let change: { id: string };

  beforeEach(async () => {
    sandbox = await createSandbox();
    state = declared(1);
    repository = await sandbox.repository('gitops.git', {
      'README.md': 'hello\n',
      ...Object.fromEntries(
        rendered(state, 'r1').files.map(({ path, content }) => [path, content]),
      ),
    });
  });
  afterEach(() => sandbox.remove());

  const open = async (files: FileChange[], branch = BRANCH) =>
    sandbox.host.openChange({
      repository,
      branch,
      title: 'Promote r2',
      description: '',
      files,
      author: 'user:default/bob',
      gitAuthor: ALICE,
      trailers: {},
    });
  const promote = async (revision = 'r2') => {
    change = await open([...rendered(state, revision).files]);
  };
  const planned = async () => {
    const origin = new DeliveryOrigin(
      repository,
      sandbox.host,
      { current: async () => state, at: async () => state },
      {
        surroundings: async () => surroundings('r1'),
        domainHolder: async () => () => undefined,
      },
    );
    const { files, base } = await sandbox.host.previewMerge(
      repository,
      change.id,
    );
    return origin.plan(files, base);
  };
  const plan = async () => (await planned()).plan;
  const problems = async () =>
    (await plan()).problems.map(({ file, message, severity, hint }) => {
      expect([severity, hint]).toEqual(['error', expect.any(String)]);
      return `${file}: ${message}`;
    });
  const contents = () => sandbox.contents(repository, BRANCH);

  it('has no problem when it is what Slipway renders for the release that it brings', async () => {
    await promote();
    expect(await problems()).toEqual([]);
    expect((await plan()).environments).toHaveLength(1);
  });

  it('tells a release that moves alone from one that the spec comes along with', async () => {
    await promote();
    expect([...(await planned()).onlyRelease!]).toEqual(['shop/pay/prod']);
    state = declared(3);
    await promote();
    expect([...(await planned()).onlyRelease!]).toEqual([]);
  });

  it('is refused with a file that somebody pushed onto its branch, and right again when it is asked for again', async () => {
    await promote();
    await commitByHand(sandbox, repository, BRANCH, {
      [`${FOLDER}/workload/evil.yaml`]: 'kind: ConfigMap\n',
    });
    expect(await problems()).toEqual([
      `${FOLDER}/workload/evil.yaml: workload/evil.yaml of shop/pay/prod is not what Slipway renders for this spec and release: it renders no such file.`,
    ]);
    await promote();
    expect(await problems()).toEqual([]);
    expect(await contents()).not.toHaveProperty([
      `${FOLDER}/workload/evil.yaml`,
    ]);
  });

  it('is refused with another image in a rendered file', async () => {
    await promote();
    const path = `${FOLDER}/workload/deployment-web.yaml`;
    await commitByHand(sandbox, repository, BRANCH, {
      [path]: (await contents())[path].replace('shop/web:r2', 'evil/web:r2'),
    });
    expect(await problems()).toEqual([
      expect.stringContaining('its content is another one'),
    ]);
  });

  it('is refused when it takes a rendered file away', async () => {
    const path = `${FOLDER}/workload/deployment-web.yaml`;
    change = await open([{ path, content: null }], 'by-hand');
    expect(await problems()).toEqual([
      expect.stringContaining(
        'workload/deployment-web.yaml of shop/pay/prod is not what Slipway renders for this spec and release: it is taken away',
      ),
    ]);
  });

  it('may bring a release alone, which Slipway renders after the merge, and nothing else of environment.yaml', async () => {
    const path = `${FOLDER}/environment.yaml`;
    const before = (await sandbox.contents(repository))[path];
    const released = before.replace('revision: r1', 'revision: r3 # by hand');
    change = await open([{ path, content: released }], 'by-hand');
    expect(await problems()).toEqual([]);
    expect(
      (await plan()).environments[0].objects.find(
        ({ kind }) => kind === 'Deployment',
      ),
    ).toMatchObject({ verb: 'update' });
    change = await open(
      [{ path, content: released.replace(/selfHeal: \w+/, 'selfHeal: false') }],
      'by-hand',
    );
    expect(await problems()).toEqual([
      expect.stringContaining('it says another application'),
    ]);
  });

  it('is refused for a folder that nobody declares, which may only go', async () => {
    const files = rendered(state, 'r1').files.map(({ path, content }) => ({
      path: path.replace('/pay/prod/', '/x/y/'),
      content,
    }));
    change = await open(files, 'by-hand');
    expect(await problems()).toEqual([
      expect.stringContaining(
        'clusters/hub/shop/x/y is not what Slipway renders: shop/x/y is not declared.',
      ),
    ]);
    await sandbox.host.commit({
      repository,
      files,
      message: 'Left behind',
      gitAuthor: ALICE,
      trailers: {},
    });
    change = await open(
      files.map(({ path }) => ({ path, content: null })),
      'removal',
    );
    expect(await problems()).toEqual([]);
  });

  it('is refused for the folder of another cluster than the environment’s', async () => {
    change = await open(
      rendered(state, 'r1').files.map(({ path, content }) => ({
        path: path.replace('/hub/', '/edge/'),
        content,
      })),
      'by-hand',
    );
    expect((await problems())[0]).toContain('clusters/edge/shop/pay/prod');
  });

  it('is refused when it was rendered before the spec moved on, and right when it is asked for again', async () => {
    await promote();
    state = declared(3);
    expect(await problems()).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'workload/deployment-web.yaml of shop/pay/prod',
        ),
      ]),
    );
    await promote();
    expect(await problems()).toEqual([]);
  });

  it('is asked for anew when a merge would make something else of it, without any conflict', async () => {
    state = declared(3);
    await promote();
    const path = `${FOLDER}/workload/deployment-web.yaml`;
    const base = (await sandbox.contents(repository))[path];
    // Far from what the change changes, so that Git merges the two.
    await sandbox.host.commit({
      repository,
      files: [
        { path, content: base.replace(/^kind: .*$/m, 'kind: Deployment # x') },
      ],
      message: 'By hand',
      gitAuthor: ALICE,
      trailers: {},
    });
    expect(await problems()).toHaveLength(1);
    await promote();
    expect(await problems()).toEqual([]);
  });

  it('changes the chart of no environment', async () => {
    state = declared(1, 'chart');
    change = await open(
      [{ path: 'charts/service/templates/evil.yaml', content: 'x: y\n' }],
      'by-hand',
    );
    expect(await problems()).toEqual([
      expect.stringContaining('belongs to the chart'),
    ]);
  });
});
