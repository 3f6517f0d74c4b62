import { createMockDirectory } from '@backstage/backend-test-utils';
import { apiEntityV1alpha1Validator } from '@backstage/catalog-model';
import type { ApiSkeleton } from '@slipway/plugin-slipway-common';
import { parse } from 'yaml';
import {
  execute,
  isInstalled,
  startService,
  writeSkeleton,
  type RunningService,
} from './__testUtils__/service';
import { form, ORGANIZATION } from './__testUtils__/serviceForm';
import { startScaffolder } from './__testUtils__/startScaffolder';

// The first build of a Go program compiles the standard library too.
jest.setTimeout(300_000);

/** How the service of a skeleton is tried out. */
interface Language {
  skeleton: string;
  test: string[];
  build?: string[];
  start: string[];
  variables: Record<string, string>;
  metrics: RegExp[];
  /** What it still answers after it was told to stop: no to more work, so that Kubernetes takes it out first. */
  whileStopping: Array<[path: string, status: number]>;
  /** Its tools aren't on this machine. */
  missing: boolean;
}

describe.each<Language>([
  {
    skeleton: 'node',
    test: [process.execPath, '--test'],
    start: [process.execPath, 'src/server.js'],
    variables: { SHUTDOWN_LINGER_MS: '1500' },
    metrics: [/^http_requests_total\{route="\/livez",status="200"\} 1$/m],
    whileStopping: [
      ['/readyz', 503],
      ['/livez', 200],
    ],
    missing: false,
  },
  {
    skeleton: 'go',
    test: ['go', 'test', './...'],
    build: ['go', 'build', '-o', 'service', '.'],
    start: ['./service'],
    variables: { SHUTDOWN_LINGER: '1500ms' },
    metrics: [/^http_requests_total\{route="GET \/livez",status="200"\} 1$/m],
    whileStopping: [
      ['/readyz', 503],
      ['/livez', 200],
    ],
    missing: !isInstalled('go', 'version'),
  },
  {
    skeleton: 'python',
    test: ['python3', '-m', 'unittest'],
    start: ['python3', '-m', 'worker'],
    variables: { INTERVAL_SECONDS: '0.1' },
    metrics: [/^worker_rounds_total\{result="success"\} [1-9]/m],
    whileStopping: [],
    missing: !isInstalled('python3', '--version'),
  },
])(
  'the skeleton $skeleton',
  ({
    skeleton,
    test,
    build,
    start,
    variables,
    metrics,
    whileStopping,
    missing,
  }) => {
    const folder = createMockDirectory();
    let files: ApiSkeleton['files'];
    let service: RunningService | undefined;

    beforeAll(async () => {
      const { slipway, run, stop } = await startScaffolder(['new-service']);
      slipway.files.set('organizations/shop/organization.yaml', ORGANIZATION);
      await run('new-service', { ...form, skeleton });
      await stop();
      const [change] = slipway.changes.values();
      files = change.body.skeleton?.files ?? [];
      await writeSkeleton(folder.path, files);
    });
    afterEach(async () => {
      service?.process.kill('SIGKILL');
      await service?.exited;
      service = undefined;
    });

    it('is rendered completely, with a Dockerfile that does not run as root', () => {
      const text = files
        .map(({ path, content }) => `${path}\n${content}`)
        .join('\n');
      expect(text).not.toContain('${{');
      // A value that the template forgot to hand over; in code the word may stand.
      const written = files.filter(({ path }) =>
        /\.(md|yaml|json|mod)$/.test(path),
      );
      expect(written.map(({ content }) => content).join('\n')).not.toContain(
        'undefined',
      );
      const file = (name: string) =>
        files.find(({ path }) => path === name)?.content ?? '';
      expect(file('Dockerfile')).toMatch(/^USER [1-9]\d+$/m);
      expect(file('.gitignore')).toContain('.env');
      expect(file('README.md')).toContain(form.description);
      expect(parse(file('openapi.yaml')).info.description).toBe(
        form.description,
      );
    });

    it('says in catalog-info.yaml what the spec does not: its API, of this service', async () => {
      const entity = parse(
        files.find(({ path }) => path === 'catalog-info.yaml')?.content ?? '',
      );
      expect(entity.metadata.annotations).toEqual({
        'slipway.dev/service': 'shop/checkout',
      });
      expect(entity.spec.owner).toBe(form.owner);
      expect(entity.spec.definition).toEqual({ $text: './openapi.yaml' });
      // As the catalog has it once the text is put in.
      entity.spec.definition = 'openapi: 3.0.3';
      expect(await apiEntityV1alpha1Validator.check(entity)).toBe(true);
    });

    (missing ? describe.skip : describe)('when it is tried out', () => {
      it('passes its own tests', () => {
        expect(() => execute(folder.path, test)).not.toThrow();
      });

      it('runs, answers probes and metrics, and stops gracefully', async () => {
        if (build) execute(folder.path, build);
        service = await startService(folder.path, start, variables);
        const { get } = service;
        expect(JSON.parse((await get('/')).body)).toMatchObject({
          service: 'checkout',
        });
        expect((await get('/livez')).status).toBe(200);
        await until(async () => (await get('/readyz')).status === 200);
        const answer = await get('/metrics');
        expect(answer.type).toContain('text/plain; version=0.0.4');
        for (const line of metrics) expect(answer.body).toMatch(line);

        service.terminate();
        for (const [path, status] of whileStopping) {
          await until(async () => (await get(path)).status === status);
        }
        expect(await service.exited).toBe(0);
      });
    });
  },
);

async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 45_000;
  while (!(await check())) {
    if (Date.now() > deadline)
      throw new Error('It did not come true within 45 s.');
    await new Promise(later => {
      setTimeout(later, 50);
    });
  }
}
