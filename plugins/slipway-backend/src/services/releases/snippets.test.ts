import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { checkReport } from '../../domain/releases/report';
import { Signatures } from './Signatures';

const run = promisify(execFile);
const DOCS = resolve(__dirname, '../../../../../docs/releases.md');
/** A portal may stand behind any prefix; what is below the plugin's base is signed. */
const BASE = '/portal/api/slipway';
const SECRET = 'a secret with $igns and "quotes" in it, 42';
jest.setTimeout(60_000);

/** The first block of a language in the page for people. */
async function block(language: string): Promise<string> {
  const text = await readFile(DOCS, 'utf8');
  return new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``).exec(text)![1];
}

describe('what the docs say to put into a pipeline', () => {
  let folder: string;
  let server: Server;
  let taken: Array<{ url?: string; by: string; body: Record<string, string> }>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-snippet-'));
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], {
        cwd: folder,
      });
    await git('init', '-q', '-b', 'main');
    await git('commit', '-q', '--allow-empty', '-m', 'Start');
    const signatures = Signatures.create({
      secrets: [{ organization: 'shop', name: 'ci', secret: SECRET }],
    });
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      try {
        const { name } = await signatures.verify(
          {
            signature: String(request.headers['slipway-signature']),
            timestamp: String(request.headers['slipway-timestamp']),
            path: request.url?.replace(BASE, '') ?? '',
            body,
          },
          async organization => ({ organization, service: 'checkout' }),
        );
        taken.push({
          url: request.url,
          by: name,
          body: JSON.parse(body.toString()),
        });
        response.writeHead(202).end('{}');
      } catch (error) {
        response.writeHead(401).end(String(error));
      }
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
  beforeEach(() => {
    taken = [];
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
    await rm(folder, { recursive: true });
  });

  const pipeline = (script: string, env: Record<string, string>) =>
    run('sh', ['-euc', script], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        SLIPWAY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`,
        SLIPWAY_SECRET: SECRET,
        ...env,
      },
    });

  it('reports a revision from GitHub Actions', async () => {
    const [step] = parse(await block('yaml')) as Array<{ run: string }>;
    const digest = `sha256:${'1'.repeat(64)}`;
    await pipeline(step.run, {
      GITHUB_SHA: 'a'.repeat(40),
      GITHUB_REF_NAME: 'main',
      GITHUB_REPOSITORY: 'shop/checkout',
      DIGEST: digest,
    });
    expect(taken).toEqual([
      {
        url: `${BASE}/v1alpha1/services/shop/checkout/revisions`,
        by: 'ci',
        body: {
          revision: 'a'.repeat(40),
          digest,
          branch: 'main',
          repository: 'shop/checkout',
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*[+Z]/),
        },
      },
    ]);
    expect(step.run.trim().split('\n')).toHaveLength(5);
  });

  it('reports a revision from any shell, and fails where it is refused', async () => {
    const script = await block('sh');
    const env = { BRANCH: 'main', REPOSITORY: 'shop/checkout' };
    await pipeline(script, env);
    const [{ body }] = taken;
    expect(body).toMatchObject({ branch: 'main', repository: 'shop/checkout' });
    expect(checkReport({ revision: body.revision }).revision).toBe(
      body.revision,
    );
    await expect(
      pipeline(script.replace('--retry 5', ''), {
        ...env,
        SLIPWAY_SECRET: 'another',
      }),
    ).rejects.toMatchObject({ stdout: expect.stringContaining('not one for') });
    expect(taken).toHaveLength(1);
  });
});
