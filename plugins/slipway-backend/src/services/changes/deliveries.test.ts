import { createHmac } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import eventsPlugin from '@backstage/plugin-events-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import slipwayModuleGitea, {
  eventsModuleGitea,
} from '@slipway/plugin-slipway-backend-module-gitea';
import slipwayModuleGithub from '@slipway/plugin-slipway-backend-module-github';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- The emulator is no part of what the package publishes.
import {
  type GithubEmulator,
  startGithubEmulator,
} from '../../../../slipway-backend-module-github/src/__testUtils__/githubEmulator';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { pathOf, SERVICE } from '../../hardening/__testUtils__/requests';
import {
  startTestPortal,
  type TestPortal,
} from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  type TestRepositories,
} from '../../__testUtils__/testRepositories';

const SECRET = 'a-secret-of-the-webhooks';
const DELIVERIES = process.env.SLIPWAY_TEST_ALL ? 10_000 : 500;
const SENDERS = 64;
/** Were they kept, they would be three times as much as is allowed. */
const BODY_BYTES = 30_000;
const MAX_GROWTH_SHARE = 1 / 3;

const databases = createTestDatabases();
let repositories: TestRepositories;
let emulator: GithubEmulator;
let portal: TestPortal;
const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });

const api = () => `${emulator.url}/api/v3`;
const asSlipway = { Authorization: 'token token-of-slipway' };
const remote = () =>
  `http://slipway:token-of-slipway@${emulator.host}/acme/platform.git`;

/** Delivers over a real socket; gives the status. */
function deliver(body: string, secret: string): Promise<number> {
  const { port } = portal.backend.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/api/events/http/gitea',
        headers: {
          'Content-Type': 'application/json',
          'X-Gitea-Signature': createHmac('sha256', secret)
            .update(body)
            .digest('hex'),
        },
      },
      answer => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode!));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const news = (repository: string, delivery: number) =>
  JSON.stringify({
    delivery,
    padding: 'x'.repeat(BODY_BYTES),
    repository: { clone_url: `${emulator.url}/${repository}.git` },
  });

/** What is in use once everything that nobody needs is gone. */
function used(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

beforeAll(async () => {
  repositories = await createTestRepositories();
  emulator = await startGithubEmulator({ 'token-of-slipway': 'slipway' });
  await fetch(`${api()}/orgs/acme/repos`, {
    method: 'POST',
    headers: asSlipway,
    body: JSON.stringify({ name: 'platform' }),
  });
  await repositories.git(
    repositories.platform,
    ...['push', '-q', remote(), 'main'],
  );
}, 120_000);

afterAll(async () => {
  agent.destroy();
  await portal?.stop();
  await emulator?.close();
  await repositories?.remove();
});

it(`takes ${DELIVERIES} deliveries in a burst: each is answered, none is kept, and what they told of is planned once`, async () => {
  const db = await databases.empty('SQLITE_3');
  portal = await startTestPortal({
    repositories,
    db,
    databases: { events: await databases.empty('SQLITE_3') },
    features: [
      // The real events, which test backends replace.
      eventsServiceFactory,
      eventsPlugin,
      eventsModuleGitea,
      slipwayModuleGitea,
      slipwayModuleGithub,
    ],
    config: {
      events: { modules: { gitea: { webhookSecrets: [SECRET] } } },
      integrations: {
        github: [
          {
            host: emulator.host,
            apiBaseUrl: api(),
            token: 'token-of-slipway',
          },
        ],
      },
    },
    slipway: {
      platform: {
        repositories: [{ url: `${emulator.url}/acme/platform.git` }],
        // Nothing is found by looking: what is planned here was heard of.
        pollSeconds: 3_600,
      },
    },
  });
  await portal.until(async () => emulator.asked > 0);
  const sha = await opened();
  const atRest = used();
  const asked = emulator.asked;
  const began = Date.now();

  const answers: Record<number, number> = {};
  let sent = 0;
  const sender = async () => {
    while (sent < DELIVERIES) {
      sent += 1;
      // Every tenth is signed by somebody else, every tenth tells of a repository that is none of ours.
      const status = await deliver(
        news(sent % 10 === 1 ? 'acme/other' : 'acme/platform', sent),
        sent % 10 === 0 ? 'another' : SECRET,
      );
      answers[status] = (answers[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  const seconds = (Date.now() - began) / 1000;

  expect(answers).toEqual({ 202: DELIVERIES * 0.9, 403: DELIVERIES * 0.1 });
  await portal.until(async () => {
    const answer = await fetch(
      `${api()}/repos/acme/platform/commits/${sha}/statuses`,
      { headers: asSlipway },
    );
    const statuses = (await answer.json()) as Array<{ context: string }>;
    return statuses.some(({ context }) => context === 'slipway/plan');
  }, 60);
  // A look a second at most, each with a handful of requests; the probes of this test are among them.
  expect(emulator.asked - asked).toBeLessThan(20 * (seconds + 60));
  // However many came, the queue has the keys that it would have had after one.
  const rows: Array<{ key: string }> = await db('queue_items').select('key');
  expect(rows.length).toBeLessThan(20);
  expect(used() - atRest).toBeLessThan(
    DELIVERIES * BODY_BYTES * MAX_GROWTH_SHARE,
  );
}, 180_000);

/** A pull request that nobody has heard of yet; its commit. */
async function opened(): Promise<string> {
  const clone = join(repositories.root, 'clone');
  const { git } = repositories;
  await git(repositories.root, 'clone', '-q', remote(), clone);
  await mkdir(join(clone, pathOf('burst'), '..'), { recursive: true });
  await writeFile(join(clone, pathOf('burst')), SERVICE('burst'));
  await git(clone, 'add', '-A');
  await git(clone, 'commit', '-q', '-m', 'By hand');
  await git(clone, 'push', '-q', 'origin', 'HEAD:refs/heads/burst');
  await fetch(`${api()}/repos/acme/platform/pulls`, {
    method: 'POST',
    headers: asSlipway,
    body: JSON.stringify({ title: 'Mine', head: 'burst', base: 'main' }),
  });
  return (await git(clone, 'rev-parse', 'HEAD')).trim();
}
