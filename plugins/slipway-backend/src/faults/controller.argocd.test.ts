import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { startTestPortal, type TestPortal } from '../__testUtils__/testPortal';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { PlainGitHost } from '../git';
import { MemoryChangeStore } from '../git/__testUtils__/MemoryChangeStore';
import { ALICE, filesOf } from '../git/__testUtils__/sandbox';
import { IN_CLUSTER } from '../reconcile/environment/__testUtils__/clusters';
import {
  platformFiles,
  serviceFile,
} from '../reconcile/environment/__testUtils__/specs';
import { SHORT_TIMES } from './__testUtils__/Ground';
import { until } from './__testUtils__/processes';

interface Given {
  clusters: Array<{ url: string; token: string; ca: string }>;
  argocd: { pids: Record<string, number> };
  git: { url: string; root: string };
}

/** A condition as the API tells it. */
type Spoken = ApiEnvironmentDetails['conditions'][number];

const databases = createTestDatabases();
const given = process.env.SLIPWAY_TEST_ARGOCD;
const onArgoCD = given ? describe : describe.skip;

/** The testbed's compares every ten seconds. */
const REFRESH_SECONDS = 10;

onArgoCD('the card, when the real Argo CD', () => {
  const { clusters, argocd, git } = (given ? JSON.parse(given) : {}) as Given;
  const organization = `faults${process.pid}`;
  const own = (name: string) => `${organization}-${name}.git`;
  const repository = (name: string) => ({
    url: `${git.root}/${own(name)}`,
    branch: 'main',
  });
  let host: PlainGitHost;
  let portal: TestPortal;

  const card = async () =>
    (await portal.as('priya').get(`/environments/${organization}/web/prod`))
      .body as Partial<ApiEnvironmentDetails>;
  const condition = async (type: string): Promise<Spoken | undefined> =>
    (await card()).conditions?.find(c => c.type === type);
  const synced = (seconds = 90) =>
    until(async () => (await condition('Synced'))?.status === 'True', {
      seconds,
      what: 'Synced',
    });

  beforeAll(async () => {
    host = await PlainGitHost.create({
      changes: new MemoryChangeStore(),
      cacheDir: `${git.root}/${organization}-cache`,
      localRoots: [git.root],
    });
    await host.ensureRepository({
      repository: repository('platform'),
      files: filesOf({
        ...platformFiles(organization),
        [`organizations/${organization}/services/web.yaml`]: serviceFile(
          organization,
          'web',
          {
            database: false,
            environments: [{ name: 'prod', class: 'open', cluster: 'hub' }],
          },
        ),
      }),
      message: 'Begin',
      gitAuthor: ALICE,
    });
    await host.ensureRepository({
      repository: repository('gitops'),
      files: filesOf({ 'README.md': '# What was rendered\n' }),
      message: 'Begin',
      gitAuthor: ALICE,
    });
    const [{ url, token, ca }] = clusters;
    portal = await startTestPortal({
      db: await databases.empty('SQLITE_3'),
      repositories: { root: git.root } as never,
      config: {
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'hub',
                  url,
                  caData: ca,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: token,
                },
              ],
            },
          ],
        },
      },
      slipway: {
        clusters: [
          {
            name: 'hub',
            region: 'hub',
            argocd: {
              destination: IN_CLUSTER,
              refreshSeconds: REFRESH_SECONDS,
            },
          },
        ],
        platform: {
          repositories: [{ url: `file://${repository('platform').url}` }],
          pollSeconds: 1,
          holdDeletionCount: 1_000_000,
        },
        gitops: {
          repository: {
            url: `file://${repository('gitops').url}`,
            argocdUrl: `${git.url}/${own('gitops')}`,
          },
        },
        git: { cacheDirectory: `${git.root}/${organization}-portal` },
        watch: SHORT_TIMES,
        notifications: { enabled: false },
      },
    });
    await synced();
  }, 180_000);

  afterAll(async () => {
    if (portal) {
      await host.commit({
        repository: repository('platform'),
        files: [
          {
            path: `organizations/${organization}/services/web.yaml`,
            content: null,
          },
        ],
        message: 'End',
        gitAuthor: ALICE,
        trailers: {},
      });
      await until(
        async () => [undefined, 'deleted'].includes((await card()).phase),
        {
          seconds: 90,
          what: 'it takes away what it made',
        },
      ).finally(() => portal.stop());
    }
    host?.close();
  }, 120_000);

  it('has its controller down, is not called out of sync but not known, with what it said last, until it is back', async () => {
    const pid = argocd.pids['argocd-application-controller'];
    process.kill(pid, 'SIGSTOP');
    try {
      const silent = await until(
        async () => {
          const said = await condition('Synced');
          // Not for a moment is it called what nobody has found.
          expect(said?.status).not.toBe('False');
          return said?.reason === 'ArgoCDSilent' && said;
        },
        { seconds: 90, what: 'it is called silent' },
      );
      expect(silent).toMatchObject({
        status: 'Unknown',
        message: expect.stringMatching(
          /^Argo CD has not compared it since 2.*; last known: Synced at [0-9a-f]{7}\.$/,
        ),
      });
      // The cluster itself is heard.
      expect((await card()).source!.state).toBe('live');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await synced();
  }, 240_000);
});
