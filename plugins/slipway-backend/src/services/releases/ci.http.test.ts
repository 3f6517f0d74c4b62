import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox, type Sandbox } from '@slipway/sandbox';
import { parseAllDocuments } from 'yaml';
import { createTestDatabases } from '../../database/__testUtils__/databases';
import { sandboxConfig } from '../../hardening/__testUtils__/sandboxConfig';
import { environmentClass } from '../../__testUtils__/environmentClass';
import { startTestPortal, TestPortal } from '../../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../../__testUtils__/testRepositories';

const databases = createTestDatabases();
// Argo CD, the reconcilers and the writer take their time on a busy machine.
jest.setTimeout(300_000);

const run = promisify(execFile);

const SECRET = 'a-secret-of-the-organization-shop-1234567890';
const AUTOMATIC = '  promotion: { automatic: { after: 1s } }\n';
const SPEC = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: checkout
spec:
  organization: shop
  owner: group:default/payments
  lifecycle: production
  workloads:
    - name: web
      source: { repository: shop/checkout, branch: main }
      image: { repository: registry.example.com/shop/checkout }
      port: 8080
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - { name: staging, class: quick, cluster: eu }
    - { name: acceptance, class: prompt, cluster: eu, promoteFrom: staging }
    - { name: production, class: careful, cluster: eu, promoteFrom: acceptance }
`;
const DIGEST = `sha256:${'1'.repeat(64)}`;
const DOCUMENT = resolve(__dirname, '../../../../../docs/releases.md');

interface Environment {
  release: Record<string, { revision: string; digest?: string }>;
  conditions: Array<{ type: string; status: string }>;
}

describe('what CI tells', () => {
  let sandbox: Sandbox;
  let repositories: TestRepositories;
  let portal: TestPortal;
  let document: string;
  let code: string;
  let revision: string;

  const git = async (...args: string[]) =>
    (await run('git', ['-C', code, ...args])).stdout.trim();
  const commit = async (message: string, at: string) => {
    const who = ['-c', 'user.name=Dana', '-c', 'user.email=dana@example.com'];
    await run(
      'git',
      ['-C', code, ...who, 'commit', '-q', '--allow-empty', '-m', message],
      { env: { ...process.env, GIT_COMMITTER_DATE: at } },
    );
    revision = await git('rev-parse', 'HEAD');
  };
  /** Runs a script of the document as CI would: where the code is checked out, with what it is given and no more. */
  const asCi = async (script: string, env: Record<string, string> = {}) => {
    const { port } = portal.backend.server.address() as AddressInfo;
    const { stdout } = await run('sh', ['-e', '-c', script], {
      cwd: code,
      env: {
        PATH: process.env.PATH,
        HOME: code,
        SLIPWAY_URL: `http://127.0.0.1:${port}/api/slipway`,
        SLIPWAY_SECRET: SECRET,
        ...env,
      },
    });
    return JSON.parse(stdout) as { accepted: unknown[]; ignored: unknown[] };
  };
  const healthyWith = (name: string) =>
    portal.until(async () => {
      const { body } = await portal
        .as('dana')
        .get(`/environments/shop/checkout/${name}`);
      const { release, conditions } = body as Environment;
      const well = (type: string) =>
        conditions?.some(one => one.type === type && one.status === 'True');
      return (
        release?.web?.revision === revision &&
        well('Synced') &&
        well('Healthy') &&
        release.web
      );
    }, 120);
  /** The blocks of the document in a language, in their order. */
  const blocks = (language: string) =>
    [
      ...document.matchAll(
        new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'),
      ),
    ].map(([, text]) => text);

  beforeAll(async () => {
    document = await fs.readFile(DOCUMENT, 'utf8');
    sandbox = await startSandbox({
      clusters: [{ name: 'eu' }],
      timings: { podStartMs: 20, podStopMs: 20, workMs: 20, argoPollMs: 500 },
    });
    repositories = await createTestRepositories();
    await repositories.commit(repositories.platform, {
      'classes/quick.yaml': environmentClass('quick', 'direct'),
      'classes/prompt.yaml': environmentClass('prompt', 'direct', AUTOMATIC),
      'classes/careful.yaml': environmentClass(
        'careful',
        'change-request',
        AUTOMATIC,
      ),
      'organizations/shop/services/checkout.yaml': SPEC,
    });
    const config = sandboxConfig(sandbox, repositories) as {
      slipway: Record<string, unknown>;
    };
    config.slipway.revisions = {
      secrets: [{ organization: 'shop', name: 'ci', secret: SECRET }],
    };
    portal = await startTestPortal({
      repositories,
      db: await databases.migrated('SQLITE_3'),
      config,
    });
    code = await fs.mkdtemp(join(repositories.root, 'code-'));
    await git('init', '-q', '-b', 'main');
    await commit('Take orders', '2026-01-01T00:00:00Z');
    await portal.until(async () => {
      const { body } = await portal
        .as('dana')
        .get('/environments/shop/checkout/staging');
      return (body as Environment).conditions?.some(
        ({ type, status }) => type === 'Provisioned' && status === 'True',
      );
    }, 120);
  });
  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    await repositories?.remove();
  });

  it('by the shell snippet of the document, as it is written there', async () => {
    const [snippet] = blocks('sh');
    expect(snippet.trim().split('\n')).toHaveLength(5);
    expect(
      await asCi(snippet, { BRANCH: 'main', REPOSITORY: 'shop/checkout' }),
    ).toMatchObject({
      accepted: [{ environment: 'staging', workload: 'web' }],
    });
    await healthyWith('staging');
  });

  it('goes on by itself where the class says so: at once to a direct one, by a change request to the next', async () => {
    await healthyWith('acceptance');
    const change = await portal.until(async () => {
      const { body } = await portal
        .as('dana')
        .get('/change-requests?state=open');
      return (
        body.items as Array<{ title: string; author: string }> | undefined
      )?.find(({ title }) => title.startsWith('Promote'));
    }, 120);
    expect(change.title).toBe(
      `Promote ${revision.slice(0, 7)} in shop/checkout/production`,
    );
    const { body } = await portal
      .as('dana')
      .get('/environments/shop/checkout/acceptance/timeline?limit=100');
    expect(
      (body.items as Array<{ type: string; title: string }>).filter(
        ({ type }) => type === 'release.promoted',
      ),
    ).toEqual([
      expect.objectContaining({
        title: `${revision.slice(0, 7)} comes from staging, where it has been healthy for 1s`,
      }),
    ]);
  });

  it('by the step of the document for GitHub Actions, with the digest of the image', async () => {
    await commit('Take vouchers', '2026-01-02T00:00:00Z');
    const [[step]] = blocks('yaml')
      .filter(text => text.includes('Tell Slipway'))
      .map(text => parseAllDocuments(text)[0].toJS() as unknown[]);
    const { run: script, env } = step as {
      run: string;
      env: Record<string, string>;
    };
    expect(Object.keys(env)).toEqual([
      'SLIPWAY_URL',
      'SLIPWAY_SECRET',
      'DIGEST',
    ]);
    await asCi(script, {
      DIGEST,
      GITHUB_SHA: revision,
      GITHUB_REF_NAME: 'main',
      GITHUB_REPOSITORY: 'shop/checkout',
    });
    expect(await healthyWith('staging')).toEqual({ revision, digest: DIGEST });
  });

  it('and a build of another branch goes nowhere', async () => {
    const [script] = blocks('yaml')
      .filter(text => text.includes('Tell Slipway'))
      .map(
        text =>
          (parseAllDocuments(text)[0].toJS() as Array<{ run: string }>)[0].run,
      );
    await commit('Try something', '2026-01-03T00:00:00Z');
    expect(
      await asCi(script, {
        DIGEST,
        GITHUB_SHA: revision,
        GITHUB_REF_NAME: 'feature/x',
        GITHUB_REPOSITORY: 'shop/checkout',
      }),
    ).toMatchObject({ accepted: [] });
  });
});
