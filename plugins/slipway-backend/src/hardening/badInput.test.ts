import { createTestDatabases } from '../database/__testUtils__/databases';
import { startTestPortal, TestPortal } from '../__testUtils__/testPortal';
import {
  createTestRepositories,
  TestRepositories,
} from '../__testUtils__/testRepositories';
import { openBody, pathOf, SERVICE } from './__testUtils__/requests';

const NAME = 'broken';
const VALID = SERVICE(NAME);
const WORKLOAD = (extra: string) => SERVICE(NAME, extra);
const SOURCE = (path: string, dockerfile = 'Dockerfile') =>
  WORKLOAD(
    `      source:\n        repository: shop/x\n        path: ${path}\n        dockerfile: ${dockerfile}\n`,
  );
const VOLUME = (path: string) =>
  WORKLOAD(`      volumes:\n        - path: ${path}\n`);
const named = (name: string) =>
  VALID.replace('    - name: web', `    - name: ${name}`);

/** Each alias doubles what the one before it adds up to. */
const EXPLODING = `${VALID}x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n${Array.from(
  { length: 12 },
  (_, i) => `x${i + 1}: &x${i + 1} [${Array(10).fill(`*x${i}`).join(', ')}]\n`,
).join('')}`;

/** What is wrong with a file, the code of the problem, and the text that its line holds. */
type Broken = [
  what: string,
  content: string,
  expected: { code: string | RegExp; at?: string; path?: string },
];

const BROKEN: Broken[] = [
  [
    'an indentation that does not fit',
    VALID.replace('  name: broken', '   name: broken'),
    { code: 'syntax', at: 'namespace: org-shop' },
  ],
  [
    'a quote that is never closed',
    VALID.replace('kind: ServiceSpec', 'kind: "ServiceSpec'),
    { code: 'syntax' },
  ],
  [
    'a tab as indentation',
    VALID.replace('  organization: shop', '\torganization: shop'),
    { code: 'syntax' },
  ],
  ['text that is no YAML map', 'just some words\n', { code: 'type', at: '' }],
  ['a list where a map belongs', '- a\n- b\n', { code: 'type', at: '' }],
  [
    'an unknown field',
    VALID.replace('port: 8080', 'prot: 8080'),
    { code: 'unknown-key', at: 'prot:', path: 'spec.workloads[0].prot' },
  ],
  [
    'a key that stands twice',
    VALID.replace(
      '  organization: shop',
      '  organization: shop\n  organization: other',
    ),
    { code: 'duplicate-key', at: 'organization: other' },
  ],
  [
    '__proto__ as a key',
    VALID.replace(
      '  organization: shop',
      '  organization: shop\n  __proto__: {}',
    ),
    { code: 'unknown-key', at: '__proto__' },
  ],
  ['aliases that explode', EXPLODING, { code: 'alias' }],
  [
    'maps as deep as a well',
    `${VALID}x: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    { code: 'too-deep' },
  ],
  ...Object.entries<[name: string, code?: RegExp]>({
    'with a hyphen at its end': ['web-'],
    'with two hyphens': ['we--b'],
    'that is one character too long': ['w'.repeat(41), /too-long/],
    'in Cyrillic that looks Latin': ['wеb'],
    'with an accent': ['café'],
    'with an emoji': ['"🚢"'],
    'that is empty': ['""', /format|too-short/],
    'that is a number': ['123', /type|format/],
  }).map(([what, [name, code = /format/]]): Broken => [
    `a name ${what}`,
    named(name),
    { code, at: '    - name: ' },
  ]),
  ...Object.entries({
    'a volume above its folder': [VOLUME('/var/../etc'), '- path:'],
    'a volume at a relative path': [VOLUME('var/cache'), '- path:'],
    'a source path that leads out': [SOURCE('../../etc'), ' path:'],
    'a source path in the middle of which it leads out': [
      SOURCE('a/../../b'),
      ' path:',
    ],
    'a source path that is absolute': [SOURCE('/etc'), ' path:'],
    'a source path with backslashes': [SOURCE('a\\..\\b'), ' path:'],
    'a Dockerfile that leads out': [
      SOURCE('.', '../Dockerfile'),
      'dockerfile:',
    ],
    'a Dockerfile that would be an option': [
      SOURCE('.', '--build-arg'),
      'dockerfile:',
    ],
  }).map(([what, [content, at]]): Broken => [
    what,
    content,
    { code: 'format', at },
  ]),
  [
    'another organization than its folder',
    VALID.replace('organization: shop', 'organization: other'),
    { code: 'location', at: 'organization: other' },
  ],
  [
    'another name than its file',
    VALID.replace('  name: broken', '  name: other'),
    { code: 'location', at: 'name: other' },
  ],
  [
    'a kind that belongs into another folder',
    VALID.replace('kind: ServiceSpec', 'kind: QuotaProfile'),
    { code: /location|kind/, at: 'kind: ' },
  ],
  [
    'a kind that nobody knows',
    VALID.replace('kind: ServiceSpec', 'kind: ServiceSpecs'),
    { code: 'kind', at: 'kind: ' },
  ],
  [
    'an apiVersion of tomorrow',
    VALID.replace('v1alpha1', 'v9'),
    { code: 'api-version', at: '' },
  ],
  ['two documents', `${VALID}---\n${VALID}`, { code: 'document' }],
  ['nothing', '', { code: 'empty', at: '' }],
  ['nothing but a comment', '# later\n', { code: 'empty' }],
  ['nothing but a byte order mark', '\uFEFF', { code: 'empty' }],
  [
    'a NUL byte',
    VALID.replace('owner: group', 'owner: \0group'),
    { code: 'syntax', at: 'owner:' },
  ],
  [
    'an escape sequence of a terminal',
    VALID.replace('owner: group', 'owner: \u001b[2Jgroup'),
    { code: 'syntax', at: 'owner:' },
  ],
  [
    'one domain on two workloads',
    VALID.replace(
      '  environments:',
      `      domains: [a.example.com]\n    - name: api\n      image:\n        repository: registry.example.com/shop/api\n      port: 8080\n      resources:\n        cpu: 50m\n        memory: 64Mi\n      domains: [a.example.com]\n  environments:`,
    ),
    { code: /duplicate|conflict/ },
  ],
  [
    'a literal secret',
    WORKLOAD(
      '      env:\n        - name: DB_PASSWORD\n          value: hunter2-canary\n',
    ),
    { code: 'literal-secret', at: 'value:' },
  ],
  [
    'a domain of another service',
    WORKLOAD('      domains:\n        - checkout.example.com\n'),
    { code: 'conflict', at: 'checkout.example.com' },
  ],
  [
    'a class that is not there',
    VALID.replace('class: shared-staging', 'class: golden'),
    { code: 'reference', at: 'class: golden' },
  ],
  [
    'a cluster that is not configured',
    VALID.replace(
      'class: shared-staging',
      'class: shared-staging\n      cluster: mars',
    ),
    { code: 'reference', at: 'cluster: mars' },
  ],
];

describe('files that are wrong', () => {
  const databases = createTestDatabases();
  let repositories: TestRepositories;
  let portal: TestPortal;
  let refs: string;

  const everyRef = async () =>
    Promise.all(
      [repositories.platform, repositories.gitops].map(it =>
        repositories.git(it, 'for-each-ref'),
      ),
    ).then(all => all.join('\n'));

  beforeAll(async () => {
    repositories = await createTestRepositories();
    portal = await startTestPortal({
      repositories,
      db: await databases.empty('SQLITE_3'),
    });
    await portal.until(
      async () =>
        (await portal.as('priya').get('/services')).body.items?.length === 2,
    );
    refs = await everyRef();
  });

  afterAll(async () => {
    await portal?.stop();
    await repositories?.remove();
  });

  const asDana = () => portal.as('dana');

  it.each(BROKEN)(
    'are told with their place: %s',
    async (_, content, expected) => {
      const plan = await asDana().post('/plans', {
        files: [{ path: pathOf(NAME), content }],
      });
      const opened = await asDana().post(
        '/change-requests',
        openBody(NAME, content),
      );
      expect([plan.status, opened.status, opened.type]).toEqual([
        200,
        422,
        'application/problem+json',
      ]);
      expect(opened.body).toMatchObject({
        title: 'InvalidFilesError',
        status: 422,
      });
      const errors = plan.body.problems.filter(
        (p: { severity: string }) => p.severity === 'error',
      );
      // How far down a deep file is looked at depends on the stack that is left.
      const first = (problems: unknown[]) =>
        expected.code === 'too-deep' ? problems.slice(0, 1) : problems;
      expect(first(opened.body.problems)).toEqual(first(errors));
      for (const problem of errors) {
        expect(problem).toMatchObject({
          file: pathOf(NAME),
          line: expect.any(Number),
          column: expect.any(Number),
          path: expect.any(String),
          message: expect.stringMatching(/\w/),
        });
      }
      const { code, at, path } = expected;
      const line =
        content.split('\n').findIndex(it => it.includes(at ?? '')) + 1;
      expect(errors).toContainEqual(
        expect.objectContaining({
          code: expect.stringMatching(
            code instanceof RegExp ? code : `^${code}$`,
          ),
          ...(at === undefined ? {} : { line }),
          ...(path === undefined ? {} : { path }),
        }),
      );
      // Who reads it knows what to do.
      expect(
        errors.filter(
          (p: { allowed?: string; hint?: string }) => !p.allowed && !p.hint,
        ),
      ).toEqual([]);
      expect(plan.text + opened.text).not.toContain('hunter2-canary');
    },
  );

  it.each([
    ['Windows line ends', VALID.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${VALID}`],
    ['no line end at its end', VALID.trimEnd()],
    ['a name as long as allowed', named('w'.repeat(40))],
  ])('are not those with %s', async (_, content) => {
    const plan = await asDana().post('/plans', {
      files: [{ path: pathOf(NAME), content }],
    });
    expect(plan.body.problems).toEqual([]);
    expect(plan.body.totals.create).toBeGreaterThan(0);
  });

  it('are those of two organizations that want one domain', async () => {
    const organization = (
      await repositories.file(
        repositories.platform,
        'organizations/shop/organization.yaml',
      )
    ).replaceAll('shop', 'other');
    const service = SERVICE(
      NAME,
      '      domains: [checkout.staging.example.com]\n',
    ).replaceAll('shop', 'other');
    const path = `organizations/other/services/${NAME}.yaml`;
    const files = [
      { path: 'organizations/other/organization.yaml', content: organization },
      { path, content: service },
    ];
    const answer = await portal.as('priya').post('/change-requests', {
      subject: 'organization/other',
      title: 'a',
      files,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.problems).toMatchObject([
      {
        code: 'conflict',
        file: path,
        line: 17,
        found: 'checkout.staging.example.com',
        message: expect.stringContaining('shop/checkout'),
      },
    ]);
  });

  it.each([5, 9])('are too large with %i MB', async megabytes => {
    const content = `${VALID}# ${'x'.repeat(megabytes * 1024 * 1024)}\n`;
    for (const [path, body] of [
      ['/plans', { files: [{ path: pathOf(NAME), content }] }],
      ['/change-requests', openBody(NAME, content)],
    ] as const) {
      const answer = await asDana().post(path, body);
      expect([400, 413, 422]).toContain(answer.status);
      expect(answer.type).toBe('application/problem+json');
      expect(answer.body).toMatchObject({
        status: answer.status,
        title: expect.any(String),
      });
      expect(answer.body.detail).toMatch(/limit|large|most|more than/i);
      expect(answer.text.length).toBeLessThan(4000);
    }
  });

  it.each([
    ['no JSON', '{"files": [', 400],
    ['a JSON text', '"files"', 400],
    ['null', 'null', 400],
    ['no files', '{}', 400],
    ['files that are no list', '{"files": "all"}', 400],
    ['a field that nobody knows', '{"files": [], "dryRun": true}', 400],
  ])('can not come in a body that is %s', async (_, body, status) => {
    const answer = await asDana()
      .post('/plans')
      .set('Content-Type', 'application/json')
      .send(body);
    expect([answer.status, answer.type]).toEqual([
      status,
      'application/problem+json',
    ]);
    expect(answer.body.detail).toMatch(/\w/);
  });

  /** Why a skeleton is refused. */
  async function refusalOf({
    path = 'a',
    branch = 'main',
  }: {
    path?: string;
    branch?: string;
  }): Promise<string> {
    const answer = await asDana().post(
      '/change-requests',
      openBody('skeleton', SERVICE('skeleton'), {
        skeleton: {
          repository: 'shop/skeleton',
          branch,
          files: [{ path, content: 'a' }],
        },
      }),
    );
    expect([answer.status, answer.type]).toEqual([
      400,
      'application/problem+json',
    ]);
    return answer.body.detail;
  }

  it.each([
    '../../etc/passwd',
    'a/../../b',
    '/etc/passwd',
    '.git/config',
    'a/.git/hooks/post-checkout',
    'a\\..\\b',
    'a\0b',
    '',
    'a//b',
    '-x/../..',
  ])('are refused in a skeleton at %j, before anything is opened', async path =>
    expect(await refusalOf({ path })).toMatch(/path|file/i),
  );

  it.each(['a..b', 'a.lock', 'a/', 'a//b', 'HEAD', 'a/.b'])(
    'are refused with a skeleton on the branch %j',
    async branch => expect(await refusalOf({ branch })).toMatch(/branch/),
  );

  it('leave nothing of all this in Git', async () => {
    expect(await everyRef()).toBe(refs);
  });
});
