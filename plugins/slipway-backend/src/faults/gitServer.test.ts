import { startGitServer } from 'slipway-testbed';
import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { startTestPortal, type TestPortal } from '../__testUtils__/testPortal';
import { createTestDatabases } from '../database/__testUtils__/databases';
import {
  ALICE,
  createSandbox,
  type GitSandbox,
} from '../git/__testUtils__/sandbox';
import { HttpClusters } from '../kubernetes';
import { PlayedArgoCD } from '../reconcile/environment/__testUtils__/argocd';
import { IN_CLUSTER } from '../reconcile/environment/__testUtils__/clusters';
import { sandboxClusters } from '../reconcile/environment/__testUtils__/sandboxClusters';
import {
  platformFiles,
  serviceFile,
} from '../reconcile/environment/__testUtils__/specs';
import { until } from './__testUtils__/processes';

/** A condition as the API tells it. */
type Spoken = ApiEnvironmentDetails['conditions'][number];

const databases = createTestDatabases();
type GitServer = Awaited<ReturnType<typeof startGitServer>>;

describe('the card, when the Git server', () => {
  let git: GitSandbox;
  let platformServer: GitServer;
  let gitopsServer: GitServer;
  let clusters: Awaited<ReturnType<typeof sandboxClusters>>;
  let admin: HttpClusters;
  let portal: TestPortal;
  let playing: NodeJS.Timeout;
  const repository = (name: string) => ({
    url: `${git.root}/${name}.git`,
    branch: 'main',
  });

  const declare = (replicas: number) =>
    git.host.commit({
      repository: repository('platform'),
      files: [
        {
          path: 'organizations/shop/services/web.yaml',
          content: serviceFile('shop', 'web', {
            database: false,
            replicas,
            environments: [{ name: 'prod', class: 'open', cluster: 'hub' }],
          }),
        },
      ],
      message: `Want ${replicas}`,
      gitAuthor: ALICE,
      trailers: {},
    });

  const card = async () =>
    (await portal.as('priya').get('/environments/shop/web/prod'))
      .body as ApiEnvironmentDetails;
  const speaks = async (): Promise<Spoken | undefined> =>
    (await card()).conditions?.find(
      ({ type, status }) => status !== 'True' && type !== 'Drifted',
    );
  const says = (reason: string) =>
    until(
      async () => {
        const said = await speaks();
        return said?.reason === reason && said;
      },
      { what: reason },
    );
  const source = async () =>
    (await portal.as('priya').get('/operations')).body.sources[0];

  /** The Deployment as the GitOps repository has it. */
  const rendered = async (): Promise<string> =>
    Object.entries(await git.contents(repository('gitops'))).find(
      ([path, content]) =>
        path.startsWith('clusters/hub/shop/web/prod/workload/') &&
        content.includes('kind: Deployment'),
    )?.[1] ?? '';
  /** Delivered, synced, and nothing to say. */
  const isAtRest = (replicas: number) =>
    until(
      async () =>
        (await rendered()).includes(`replicas: ${replicas}\n`) &&
        (await card()).conditions?.find(({ type }) => type === 'Synced')
          ?.status === 'True',
      { seconds: 90, what: `${replicas} replicas are delivered and synced` },
    ).catch(async error => {
      throw new Error(
        `${error.message}\n${JSON.stringify((await card()).conditions)}\n${await rendered()}`,
      );
    });

  beforeAll(async () => {
    git = await createSandbox();
    await git.repository('platform.git', platformFiles('shop'));
    await git.repository('gitops.git');
    for (const name of ['platform', 'gitops'])
      await git.git(repository(name), ['config', 'http.receivepack', 'true']);
    platformServer = await startGitServer({ root: git.root });
    gitopsServer = await startGitServer({ root: git.root });
    clusters = await sandboxClusters();
    admin = HttpClusters.create({ clusters: clusters.configured });
    const argocd = new PlayedArgoCD(
      admin,
      git.host,
      repository('gitops'),
      'shop',
      () => new Date(),
    );
    playing = setInterval(() => void argocd.round().catch(() => {}), 500);
    portal = await startTestPortal({
      db: await databases.empty('SQLITE_3'),
      repositories: { root: git.root } as never,
      config: {
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: clusters.sandbox!.clusters.map(
                ({ name, url, token }) => ({
                  name,
                  url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: token,
                }),
              ),
            },
          ],
        },
      },
      slipway: {
        clusters: [
          {
            name: 'hub',
            region: 'hub',
            argocd: { cluster: 'hub', destination: IN_CLUSTER },
          },
        ],
        platform: {
          repositories: [{ url: `${platformServer.url}/platform.git` }],
          pollSeconds: 1,
        },
        gitops: { repository: { url: `${gitopsServer.url}/gitops.git` } },
        git: { cacheDirectory: `${git.root}/portal-cache` },
        queue: { pollMs: 50 },
        notifications: { enabled: false },
      },
    });
    await declare(1);
    await isAtRest(1);
  }, 120_000);

  afterAll(async () => {
    clearInterval(playing);
    await portal?.stop();
    admin?.close();
    await clusters?.stop();
    await platformServer?.stop();
    await gitopsServer?.stop();
    await git?.remove();
  }, 60_000);

  afterEach(() => {
    platformServer.setFault(undefined);
    gitopsServer.setFault(undefined);
  });

  it('of the platform repository is down, says so, deletes nothing, and reads on when it is back', async () => {
    platformServer.setFault('down');
    const said = await says('SourceUnreadable');
    expect(said).toMatchObject({ type: 'Declared', status: 'Unknown' });
    expect(await source()).toMatchObject({ state: 'unreadable' });
    expect((await card()).phase).not.toBe('deleting');
    await declare(2);
    platformServer.setFault(undefined);
    await isAtRest(2);
    expect(await source()).toMatchObject({ state: 'ok' });
  }, 120_000);

  it('of the GitOps repository is down, says so at Committed, and delivers when it is back', async () => {
    gitopsServer.setFault('down');
    await declare(3);
    const said = await says('GitUnavailable');
    expect(said.type).toBe('Committed');
    expect(said.message).toMatch(/gitops\.git/);
    expect(await rendered()).toContain('replicas: 2\n');
    gitopsServer.setFault(undefined);
    await isAtRest(3);
  }, 120_000);

  it('refuses pushes, says who refused what, applies nothing that is not committed, and delivers when it may', async () => {
    gitopsServer.setFault('refusePush');
    await declare(4);
    const said = await says('GitUnavailable');
    expect(said.type).toBe('Committed');
    expect(said.message).toMatch(/push|refus|allow|403/i);
    expect(await rendered()).toContain('replicas: 3\n');
    gitopsServer.setFault(undefined);
    await isAtRest(4);
  }, 120_000);

  it('is slow, is waited for, while pages stay quick', async () => {
    platformServer.setFault({ slowMs: 1_500 });
    gitopsServer.setFault({ slowMs: 1_500 });
    await declare(5);
    const took: number[] = [];
    for (let i = 0; i < 10; i++) {
      const began = performance.now();
      await card();
      took.push(performance.now() - began);
      await new Promise(done => setTimeout(done, 100));
    }
    // Who waits for Git waits every time; a busy machine is slow now and then.
    expect(took.sort((a, b) => a - b)[5]).toBeLessThan(1_000);
    await isAtRest(5);
  }, 120_000);

  it('has its GitOps branch forced back, writes again what belongs there', async () => {
    const [first] = (
      await git.git(repository('gitops'), ['rev-list', '--reverse', 'main'])
    ).split('\n');
    await git.git(repository('gitops'), [
      'update-ref',
      'refs/heads/main',
      first,
    ]);
    expect(await rendered()).toBe('');
    await isAtRest(5);
    await until(
      async () => {
        const { commit } = await card();
        return (
          await git.git(repository('gitops'), ['rev-list', 'main'])
        ).includes(commit!);
      },
      { what: 'the card names a commit that is there' },
    );
  }, 120_000);
});
