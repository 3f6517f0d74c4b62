import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { CHART } from './__testUtils__/helm';

jest.setTimeout(120_000);

const SCRIPT = join(CHART, 'ci', 'set-revision.sh');
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const FILE = 'environments/production/cart.yaml';
const WORKLOADS = ['api', 'jobs', 'web'];

/** yq 4 is on the machines of GitHub; `SLIPWAY_YQ` names it elsewhere. Another program of that name is no help. */
const yq = process.env.SLIPWAY_YQ ?? 'yq';
const there = spawnSync(yq, ['--version'], {
  encoding: 'utf8',
}).stdout?.includes('mikefarah');

(there ? describe : describe.skip)('ci/set-revision.sh, with yq 4', () => {
  let root: string;
  let bare: string;
  let clones = 0;

  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: 'pipe' }).trim();

  function clone(): string {
    const folder = join(root, `clone-${clones++}`);
    git('clone', '--quiet', bare, folder);
    git('-C', folder, 'config', 'user.name', 'CI');
    git('-C', folder, 'config', 'user.email', 'ci@example.com');
    return folder;
  }

  function run(args: string[], cwd = clone()) {
    return new Promise<{ code: number; output: string }>(resolve => {
      execFile(
        'sh',
        [SCRIPT, ...args],
        {
          cwd,
          env: {
            ...process.env,
            PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
            ATTEMPTS: '100',
          },
        },
        (error, stdout, stderr) =>
          resolve({
            code: error ? Number(error.code) : 0,
            output: `${stdout}${stderr}`,
          }),
      );
    });
  }

  const text = () => git('-C', bare, 'show', `main:${FILE}`);
  const imageOf = (name: string) =>
    parse(text()).workloads.find((one: { name: string }) => one.name === name)
      .image;
  const commits = () =>
    git('-C', bare, 'log', '--format=%s', 'main').split('\n');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'slipway-set-revision-'));
    bare = join(root, 'gitops.git');
    git('init', '--quiet', '--bare', '-b', 'main', bare);
    git('init', '--quiet', join(root, 'bin'));
    const path = spawnSync('sh', ['-c', `command -v -- "$0"`, yq], {
      encoding: 'utf8',
    }).stdout.trim();
    symlinkSync(path, join(root, 'bin', 'yq'));
    const first = clone();
    git('-C', first, 'switch', '--quiet', '-c', 'main');
    execFileSync('mkdir', ['-p', join(first, 'environments/production')]);
    writeFileSync(
      join(first, FILE),
      [
        '# Ours.',
        'organization: shop',
        'workloads:',
        ...WORKLOADS.flatMap(name => [
          `  - name: ${name} # of the ${name} team`,
          '    image:',
          `      repository: registry.example.com/shop/${name}`,
          '      revision: old',
          `      digest: ${DIGEST}`,
        ]),
        '',
      ].join('\n'),
    );
    git('-C', first, 'add', '.');
    git('-C', first, 'commit', '--quiet', '-m', 'Begin');
    git('-C', first, 'push', '--quiet', 'origin', 'main');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('changes the revision of one workload, drops the digest of the old one, and leaves comments', async () => {
    const before = text().split('\n');
    expect(await run([FILE, 'web', '4f2c1aa'])).toEqual({
      code: 0,
      output: 'web runs 4f2c1aa\n',
    });
    expect(imageOf('web')).toEqual({
      repository: 'registry.example.com/shop/web',
      revision: '4f2c1aa',
    });
    const after = text().split('\n');
    expect(after.filter(line => !before.includes(line))).toEqual([
      '      revision: 4f2c1aa',
    ]);
    expect(commits()).toEqual(['Run web 4f2c1aa', 'Begin']);
  });

  it.each(['1e3', '0123456', 'no', '1.10', '12345678'])(
    'writes %s as text, and says nothing the second time',
    async revision => {
      await run([FILE, 'web', revision, DIGEST]);
      expect(imageOf('web')).toMatchObject({ revision, digest: DIGEST });
      expect((await run([FILE, 'web', revision, DIGEST])).output).toBe(
        `web runs ${revision} already\n`,
      );
      expect(commits()).toHaveLength(2);
    },
  );

  it('loses nothing when all push at once', async () => {
    const folders = WORKLOADS.map(() => [clone(), clone()]);
    const results = await Promise.all(
      WORKLOADS.flatMap((name, i) => [
        run([FILE, name, `a${i}`], folders[i][0]),
        run([FILE, name, `b${i}`], folders[i][1]),
      ]),
    );
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
    const said = commits();
    expect(said).toHaveLength(1 + 2 * WORKLOADS.length);
    WORKLOADS.forEach((name, i) => {
      const last = said.find(title => title.startsWith(`Run ${name} `));
      expect([`a${i}`, `b${i}`]).toContain(imageOf(name).revision);
      expect(last).toBe(`Run ${name} ${imageOf(name).revision}`);
    });
  });

  it.each([
    [
      'a revision that is a command',
      [FILE, 'web', '$(touch pwned)'],
      /is no image tag/,
    ],
    ['a revision of two lines', [FILE, 'web', 'a\nb'], /is no image tag/],
    ['a digest of nothing', [FILE, 'web', 'abc', 'sha256:12'], /is no digest/],
    [
      'a file outside',
      ['../cart.yaml', 'web', 'abc'],
      /is no file of the repository/,
    ],
    [
      'a file that is not there',
      ['nothing.yaml', 'web', 'abc'],
      /there is no file 'nothing.yaml' on main/,
    ],
    [
      'a workload that is not there',
      [FILE, 'nobody', 'abc'],
      /has no workload 'nobody'/,
    ],
    [
      'a workload that is an expression',
      [FILE, '" or true', 'abc'],
      /has no workload/,
    ],
  ])('refuses %s and pushes nothing', async (_, args, message) => {
    const { code, output } = await run(args);
    expect(output).toMatch(message);
    expect(code).toBe(1);
    expect(commits()).toEqual(['Begin']);
  });

  it('gives up when the host refuses, with what it said', async () => {
    writeFileSync(
      join(bare, 'hooks/pre-receive'),
      '#!/bin/sh\necho protected branch >&2\nexit 1\n',
      { mode: 0o755 },
    );
    const folder = clone();
    const { status, stderr } = spawnSync('sh', [SCRIPT, FILE, 'web', 'abc'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: [join(root, 'bin'), process.env.PATH].join(delimiter),
        ATTEMPTS: '2',
      },
    });
    expect(stderr).toMatch(/gave up after 2 attempts: [^]*protected branch/);
    expect(status).toBe(1);
  });
});

it.each(['github-actions.yaml', 'gitlab-ci.yaml'])(
  'ci/%s is YAML, and hands nothing from outside to a shell but in variables',
  name => {
    const file = readFileSync(join(CHART, 'ci', name), 'utf8');
    expect(parse(file)).toEqual(expect.any(Object));
    const scripts = JSON.stringify(parse(file), (key, value) =>
      ['env', 'concurrency', 'on'].includes(key) ? undefined : value,
    );
    expect(scripts).not.toContain('${{');
    expect(scripts).toContain('set-revision.sh');
  },
);
