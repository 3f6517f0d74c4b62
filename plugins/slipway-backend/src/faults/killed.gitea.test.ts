import type { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { GiteaHost } from '@slipway/plugin-slipway-backend-module-gitea';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { createStores, type Stores } from '../database/createStores';
import { PlainGitHost } from '../git';
import { startReceiver } from '../git/__testUtils__/receiver';
import { ALICE, BOB, filesOf } from '../git/__testUtils__/sandbox';
import { platformFiles } from '../reconcile/environment/__testUtils__/specs';
import { KillOnce } from './__testUtils__/KillOnce';
import { Lives } from './__testUtils__/Lives';
import { KILLED_AT } from './__testUtils__/steps';

/** A Gitea that runs: what `startGitea` of the testbed gives, as JSON. */
const GIVEN = process.env.SLIPWAY_TEST_GITEA;
const onGitea = GIVEN ? describe : describe.skip;
const databases = createTestDatabases();

interface User {
  name: string;
  token: string;
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const STEPS = KILLED_AT.gitea;

onGitea('a backend that is killed at a step of its work at a Git host', () => {
  const { url, host, admin, users } = JSON.parse(GIVEN ?? '{}') as {
    url: string;
    host: string;
    admin: User;
    users: Record<string, User>;
  };
  const run = Math.random().toString(36).slice(2, 8);
  const namespace = `killed-${run}`;
  const repository = (name: string) => ({
    url: `${url}/${namespace}/${name}.git`,
    branch: 'main',
  });
  const kills = new KillOnce();
  let folder: string;
  let db: Knex;
  let stores: Stores;
  let hands: PlainGitHost;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let lives: Lives;

  async function as(user: User, method: string, route: string, body?: object) {
    const answer = await fetch(`${url}/api/v1/${route}`, {
      method,
      headers: {
        Authorization: `token ${user.token}`,
        'Content-Type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok)
      throw new Error(`${method} ${route}: ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : undefined;
  }
  const until = (what: string, holds: () => Promise<boolean>) =>
    lives.until(() => holds().catch(() => false), { seconds: 120, what });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-killed-gitea-'));
    db = await databases.migrated('POSTGRES_16');
    stores = createStores({ db });
    receiver = await startReceiver();
    const gitea = [
      { host, baseUrl: url, username: admin.name, password: admin.token },
    ];
    hands = await PlainGitHost.create({
      changes: stores.changes,
      cacheDir: join(folder, 'hands'),
      localRoots: [],
      pullRequestHosts: [GiteaHost.create(gitea)],
    });
    await as(admin, 'POST', 'orgs', { username: namespace });
    const organization = Object.entries(platformFiles('shop')).map(
      ([path, content]) => ({
        path,
        content: content
          .replace('integration: plain', 'integration: gitea')
          .replace('namespace: shop', `namespace: ${namespace}`),
      }),
    );
    for (const [name, files] of [
      ['platform', organization],
      ['gitops', filesOf({ 'README.md': '# Rendered\n' })],
      ['legacy', filesOf({ 'README.md': '# Legacy\n' })],
    ] as const)
      await hands.ensureRepository({
        repository: repository(name),
        files: [...files],
        message: 'Begin',
        gitAuthor: ALICE,
      });
    lives = await Lives.prepare({
      db,
      folder,
      kill: step => kills.at(step),
      config: {
        integrations: { gitea },
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'away',
                  // Nothing listens there, and nothing here is about clusters.
                  url: 'http://127.0.0.1:1',
                  authProvider: 'serviceAccount',
                  serviceAccountToken: 'x',
                },
              ],
            },
          ],
        },
        slipway: {
          clusters: [
            {
              name: 'away',
              argocd: { destination: { server: 'http://127.0.0.1:1' } },
            },
          ],
          platform: {
            repositories: [{ url: repository('platform').url }],
            pollSeconds: 1,
          },
          gitops: { repository: { url: repository('gitops').url } },
          git: { cacheDirectory: join(folder, 'cache') },
          webhooks: {
            key: 'a-key-that-is-long-enough-for-tests-0123456789',
            baseUrl: `${receiver.url}api/slipway`,
          },
          notifications: { enabled: false },
          queue: {
            pollMs: 50,
            leaseSeconds: 1,
            backoffMs: 50,
            maxBackoffMs: 500,
            maxAttempts: 1_000,
          },
        },
      },
    });
  }, 120_000);
  afterAll(async () => {
    await lives?.stop();
    hands?.close();
    await receiver?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const hooks = async (): Promise<string[]> =>
    (await as(admin, 'GET', `repos/${namespace}/legacy/hooks`)).map(
      ({ config }: { config: { url: string } }) => config.url,
    );
  const webhook = () => stores.webhooks.get('shop', 'legacy');
  const reason = async (type: string) =>
    (await webhook())?.conditions.find(one => one.type === type)?.reason;
  const bind = (content: string | null) =>
    hands.commit({
      repository: repository('platform'),
      files: [{ path: 'organizations/shop/bindings/legacy.yaml', content }],
      message: 'Bind',
      gitAuthor: ALICE,
      trailers: {},
    });

  it('installs one webhook, and takes that away', async () => {
    await bind(
      stringify({
        apiVersion: 'slipway.dev/v1alpha1',
        kind: 'RepoBinding',
        metadata: { name: 'legacy', namespace: 'org-shop' },
        spec: {
          organization: 'shop',
          repository: { owner: namespace, name: 'legacy', branch: 'main' },
          pipeline: { name: 'legacy', template: 'node' },
        },
      }),
    );
    await until(
      'it is installed, and is to be tried',
      async () => (await webhook())?.pingAskedAt !== undefined,
    );
    expect(await hooks()).toHaveLength(1);

    /** As if so much time had passed. */
    const later = async (news: { checkedAt?: Date; pingAskedAt?: Date }) => {
      await stores.webhooks.note('shop', 'legacy', news);
      await stores.queue.mark(['webhook:shop/legacy']);
    };
    await later({ checkedAt: ago(120), pingAskedAt: ago(1) });
    await until(
      'it is looked for, and nothing came',
      async () => (await reason('WebhookReachable')) === 'WebhookUnreachable',
    );
    // Whether it was sent before the process ended nobody knows, so it is sent again, and again.
    let next = 0;
    await until('it is tried again', async () => {
      if (Date.now() > next) {
        next = Date.now() + 10_000;
        await later({ pingAskedAt: ago(11) });
      }
      const { pingAskedAt } = (await webhook())!;
      return receiver.deliveries.length > 0 && pingAskedAt! > ago(10);
    });
    await stores.webhooks.receive('shop', 'legacy', {
      digest: 'of-the-ping',
      event: 'push',
      keepMs: 60_000,
    });
    await stores.queue.mark(['webhook:shop/legacy']);
    await until(
      'it is answered',
      async () => (await reason('WebhookReachable')) === 'WebhookAnswered',
    );
    expect(await hooks()).toHaveLength(1);

    await bind(null);
    await until(
      'it is gone',
      async () => (await webhook()) === undefined && !(await hooks()).length,
    );
    expect(await db('webhook_deliveries').select()).toEqual([]);
  }, 240_000);

  it('tells a pull request once, refuses one from a fork, and makes the repository that came with a third once', async () => {
    const platform = repository('platform');
    // By hand, on a branch.
    await hands.commit({
      repository: { ...platform, branch: 'by-hand' },
      base: (await hands.head(platform))!,
      files: [{ path: 'notes/by-hand.md', content: 'by hand' }],
      message: 'By hand',
      gitAuthor: BOB,
      trailers: {},
    });
    const { number } = await as(
      admin,
      'POST',
      `repos/${namespace}/platform/pulls`,
      { title: 'By hand', head: 'by-hand', base: 'main' },
    );
    // From a fork.
    const { alice } = users;
    await as(
      admin,
      'PUT',
      `repos/${namespace}/platform/collaborators/${alice.name}`,
      { permission: 'read' },
    );
    await as(alice, 'POST', `repos/${namespace}/platform/forks`, {
      name: `fork-${run}`,
    });
    await as(
      alice,
      'POST',
      `repos/${alice.name}/fork-${run}/contents/notes/fork.md`,
      {
        content: Buffer.from('fork').toString('base64'),
        message: 'From a fork',
        new_branch: 'theirs',
      },
    );
    await as(alice, 'POST', `repos/${namespace}/platform/pulls`, {
      title: 'From a fork',
      head: `${alice.name}:theirs`,
      base: 'main',
    });
    // With the code of a new service.
    const branch = 'slipway/skeleton';
    const intent = await stores.changeIntents.record({
      repositoryUrl: platform.url,
      branch,
      skeleton: {
        repository: repository('skeleton'),
        files: [{ path: 'README.md', content: '# New\n' }],
      },
    });
    const { id } = await hands.openChange({
      repository: platform,
      branch,
      title: 'Add a service',
      description: '',
      files: [{ path: 'notes/skeleton.md', content: 'new' }],
      author: 'user:default/dana',
      gitAuthor: BOB,
      trailers: {},
    });
    await stores.changeIntents.attach(intent.id, id);
    await stores.queue.mark([`change:${id}`]);
    const comments = async (): Promise<unknown[]> =>
      as(admin, 'GET', `repos/${namespace}/platform/issues/${number}/comments`);
    await until(
      'they are told',
      async () =>
        (await comments()).length > 0 && kills.has('pulls: refuse', 'within'),
    );

    const change = await hands.getChange(platform, id);
    await hands.mergeChange(platform, id, {
      expectedHead: change.headCommit,
      gitAuthor: ALICE,
      message: 'Add a service',
      trailers: {},
    });
    await until(
      'its repository is there',
      async () => (await stores.changeIntents.get(intent.id))!.state === 'done',
    );
    await until('every step was ended at', async () =>
      STEPS.filter(name => /^(pulls|change)/.test(name)).every(name =>
        kills.has(name, 'before'),
      ),
    );

    expect(await comments()).toHaveLength(1);
    const names = (
      await as(admin, 'GET', `orgs/${namespace}/repos?limit=50`)
    ).map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['gitops', 'legacy', 'platform', 'skeleton']);
    const log = await hands.log(repository('skeleton'), { limit: 10 });
    expect(log).toHaveLength(1);
    const pulls = await as(
      admin,
      'GET',
      `repos/${namespace}/platform/pulls?state=all`,
    );
    expect(pulls).toHaveLength(3);
    const rows = await db('changes').select('branch', 'state');
    expect(rows.map(row => `${row.branch} ${row.state}`).sort()).toEqual([
      'by-hand open',
      'slipway/skeleton merged',
    ]);
    expect(await db('queue_items').whereNotNull('dead_since')).toEqual([]);
  }, 240_000);

  it('was killed at every step of it', () => {
    process.stdout.write(
      `${lives.count} lives, ${kills.names().length} steps:\n${kills.names().join('\n')}\n`,
    );
    expect(kills.names()).toEqual(expect.arrayContaining(STEPS));
  });
});
