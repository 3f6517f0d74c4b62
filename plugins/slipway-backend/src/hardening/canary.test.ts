import { spawn } from 'node:child_process';
import { createTestDatabases } from '../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { Knex } from 'knex';
import { openBody, pathOf, SERVICE } from './__testUtils__/requests';

/** Values that nobody else would ever write; each enters by another door. */
const CANARIES = {
  clusterToken: 'canary-cluster-token-7f3a91',
  password: 'canary-password-5be02c',
  urlPassword: 'canary-url-password-c41d77',
  github: `ghp_${'canary0'.repeat(6)}`,
  skeleton: 'canary-skeleton-password-90ab',
};

/** In the platform repository by somebody's own push, so it is in our copy of the file as well. */
const PUSHED = 'canary-pushed-e8810d';

/** All objects of a repository, unpacked. */
function everyObject(repository: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const git = spawn('git', ['cat-file', '--batch-all-objects', '--batch'], {
      cwd: repository,
    });
    const chunks: Buffer[] = [];
    git.stdout.on('data', chunk => chunks.push(chunk));
    git.on('error', reject);
    git.on('close', code =>
      code === 0
        ? resolve(Buffer.concat(chunks).toString('latin1'))
        : reject(new Error(`git ended with ${code}`)),
    );
  });
}

async function everyRow(db: Knex): Promise<string> {
  const tables = await db('sqlite_master')
    .where({ type: 'table' })
    .pluck('name');
  expect(tables).toEqual(
    expect.arrayContaining([
      'change_intents',
      'changes',
      'queue_items',
      'timeline',
      'resources',
    ]),
  );
  return JSON.stringify(
    await Promise.all(tables.map(table => db(table).select('*'))),
  );
}

describe('a secret', () => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;
  let db: Knex;
  const answers: string[] = [];

  beforeAll(async () => {
    repositories = await createTestRepositories();
    db = await databases.empty('SQLITE_3');
    portal = await startTestPortal({
      repositories,
      db,
      config: {
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'eu',
                  // Nothing listens there: what goes wrong with the cluster is told, too.
                  url: 'http://127.0.0.1:1',
                  authProvider: 'serviceAccount',
                  serviceAccountToken: CANARIES.clusterToken,
                },
              ],
            },
          ],
        },
      },
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/services')).body.items?.length === 2,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  const send = async (path: string, body: object) => {
    const answer = await portal.as('dana').post(path, body);
    answers.push(answer.text);
    return answer;
  };
  const env = (name: string, value: string) =>
    SERVICE(
      'leaky',
      `      env:\n        - name: ${name}\n          value: ${JSON.stringify(value)}\n`,
    );

  it.each([
    ['the value of DB_PASSWORD', env('DB_PASSWORD', CANARIES.password)],
    [
      'a URL with a password',
      env(
        'DATABASE',
        `postgres://app:${CANARIES.urlPassword}@db.example.com/app`,
      ),
    ],
    ['a token of a well-known make', env('GREETING', CANARIES.github)],
    [
      'a password on a command line',
      SERVICE(
        'leaky',
        `      args:\n        - --db-password=${CANARIES.password}\n`,
      ),
    ],
    [
      'an unknown field of a secret',
      SERVICE('leaky', `      password: ${CANARIES.password}\n`),
    ],
    [
      'a secret in a line that is no YAML',
      SERVICE('leaky').replace('spec:', `spec: "${CANARIES.github}`),
    ],
  ])(
    'that is written into a spec as %s is refused with its line and not echoed',
    async (_, content) => {
      const line =
        content.split('\n').findIndex(it => it.includes('canary')) + 1;
      const plan = await send('/plans', {
        files: [{ path: pathOf('leaky'), content }],
      });
      const opened = await send('/change-requests', openBody('leaky', content));
      expect([plan.status, opened.status]).toEqual([200, 422]);
      const lines = opened.body.problems.map(
        (problem: { line: number }) => problem.line,
      );
      // An unclosed quote is found where the file ends.
      expect(lines).toContain(
        content.includes('spec: "') ? content.split('\n').length : line,
      );
      for (const canary of Object.values(CANARIES)) {
        expect(opened.text).not.toContain(canary);
        expect(plan.text).not.toContain(canary);
      }
    },
  );

  it('that an edit would write is refused and not echoed', async () => {
    const edited = await send('/edits', {
      path: pathOf('checkout'),
      edits: [
        {
          op: 'set',
          path: ['spec', 'workloads', 0, 'env'],
          value: [{ name: 'API_TOKEN', value: CANARIES.password }],
        },
      ],
    });
    expect(edited.text).toContain('literal-secret');
    expect(JSON.stringify(edited.body.problems)).not.toContain(
      CANARIES.password,
    );
    // The edited file is the answer itself; whoever sent the secret gets it back, and nobody else.
    answers.pop();
  });

  it('that was pushed past the portal is told with its line, and goes no further', async () => {
    const content = SERVICE(
      'pushed',
      `      env:\n        - name: API_TOKEN\n          value: ${PUSHED}\n`,
    );
    await repositories.commit(repositories.platform, {
      [pathOf('pushed')]: content,
    });
    const service = await portal.until(async () => {
      const { body } = await portal.as('dana').get('/services/shop/pushed');
      return body.problems?.length > 0 && body;
    });
    expect(service.problems).toMatchObject([
      {
        code: 'literal-secret',
        line: content.split('\n').findIndex(it => it.includes(PUSHED)) + 1,
      },
    ]);
    expect(JSON.stringify(service.problems)).not.toContain(PUSHED);
    expect(portal.logged.join('\n')).not.toContain(PUSHED);
    expect(await everyObject(repositories.gitops)).not.toContain(PUSHED);
  });

  it('in an address, a title or a body that is refused is not echoed', async () => {
    await send('/change-requests', {
      ...openBody('leaky', SERVICE('leaky')),
      skeleton: {
        repository: `https://dana:${CANARIES.skeleton}@git.example.com/shop/x`,
        branch: 'main',
        files: [],
      },
    });
    await send(
      '/change-requests',
      `{"token": "${CANARIES.skeleton}"` as unknown as object,
    );
    expect(answers.slice(-2).join('\n')).not.toContain(CANARIES.skeleton);
  });

  it('is afterwards in no Git object, log, audit event, answer or table', async () => {
    // A change that goes all the way, so that there is something to look through.
    const opened = await send(
      '/change-requests',
      openBody('basket', SERVICE('basket')),
    );
    const merged = await send(`/change-requests/${opened.body.id}/merge`, {
      headCommit: opened.body.headCommit,
    });
    expect(merged.body).toMatchObject({ state: 'merged' });
    await portal.until(async () =>
      (await portal.as('priya').get('/environments')).body.items.some(
        (it: { service: string; phase?: string }) => it.service === 'basket',
      ),
    );
    for (const path of [
      '/organizations',
      '/classes',
      '/clusters',
      '/services',
      '/environments',
      '/change-requests',
      '/operations',
      '/operations/queue?state=due',
      '/operations/queue?state=dead',
      '/services/shop/basket',
      '/environments/shop/basket/staging',
      '/environments/shop/basket/staging/plan',
      `/files?path=${encodeURIComponent(pathOf('basket'))}`,
      `/change-requests/${opened.body.id}`,
    ]) {
      const answer = await portal.as('priya').get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      answers.push(answer.text);
    }
    const objects = await Promise.all(
      [repositories.platform, repositories.gitops].map(everyObject),
    );
    expect(objects[0]).toContain('name: basket');
    const rows = await everyRow(db);
    expect(rows).toContain('basket');
    expect(portal.logged.join('\n')).toContain('Platform repository');
    expect(portal.audit.length).toBeGreaterThan(5);
    const places = {
      'the platform repository': objects[0],
      'the GitOps repository': objects[1],
      'the log': portal.logged.join('\n'),
      'the audit events': JSON.stringify(portal.audit),
      'the tables': rows,
      'the answers': answers.join('\n'),
    };
    const leaks = Object.entries(places).flatMap(([place, text]) =>
      Object.entries(CANARIES)
        .filter(([, canary]) => text.includes(canary))
        .map(([name]) => `${name} in ${place}`),
    );
    expect(leaks).toEqual([]);
  });
});
