import fc from 'fast-check';
import { parseFile } from './parseFile';
import { formatProblem } from './problem';
import { looksLikeSecret, withoutCredentials } from './secrets';
import { changed, SERVICE } from './__testUtils__/service';

// Put together here, so that no scanner takes this file for a leak.
const GITHUB = `ghp_${'a1B2'.repeat(9)}`;
const AWS = `AKIA${'ABCD1234'.repeat(2)}`;
const JWT = [
  'eyJhbGciOiJIUzI1NiJ9',
  'eyJzdWIiOiIxMjM0In0',
  'c2lnbmF0dXJlc2ln',
].join('.');
const PEM = `-----BEGIN RSA ${'PRIVATE'} KEY-----`;

describe('looksLikeSecret', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['dbPassword', 'hunter2'],
    ['db-password', 'hunter2'],
    ['STRIPE_API_KEY', 'abc'],
    ['APIKEY', 'abc'],
    ['SESSION_SECRET', '0123'],
    ['TOKEN_2', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'abc/def'],
    ['Authorization', 'abc'],
    ['URL', 'postgres://user:hunter2@db:5432/shop'],
    ['X', GITHUB],
    ['X', AWS],
    ['X', JWT],
    ['X', PEM],
    ['X', `see ${GITHUB} there`],
    ['X', `Bearer ${'abcd'.repeat(6)}`],
    ['X', '--password=hunter2'],
  ])('finds the secret in %s', (name, value) => {
    expect(looksLikeSecret(value, name)).toBeDefined();
  });

  it.each([
    ['PASSWORD_FILE', '/run/secrets/password'],
    ['TOKEN_URL', 'https://login.example.com/token'],
    ['SECRET_NAME', 'shop'],
    ['MAX_TOKENS', '4096'],
    ['REQUIRE_PASSWORD', 'true'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '$(OTHER)'],
    ['DB_PASSWORD', '${OTHER}'],
    ['PWD', '/srv'],
    ['URL', 'https://shop.example.com:8080/a@b'],
    ['URL', 'postgres://user:$(DB_PASSWORD)@db:5432/shop'],
    ['PRODUCT_CATALOG_SERVICE_ADDR', 'productcatalogservice:3550'],
    ['Cookie', 'shop_session-id=x-readiness-probe'],
    ['KEYBOARD', 'de'],
    ['COMPASS', 'north'],
  ])('has nothing against %s=%s', (name, value) => {
    expect(looksLikeSecret(value, name)).toBeUndefined();
  });
});

describe('looking for secrets', () => {
  it.each([
    'a',
    'a:',
    '://',
    'a://a',
    'eyJ',
    'eyJ-',
    'eyJaaaaaaaa.',
    'sk-',
    'SG.',
    'Bearer ',
    '-----BEGIN ',
    'AccountKey',
    '--a=',
    '_PASSWORD',
    '1',
  ])('is quick in a long text of %j', unit => {
    const text = unit.repeat(Math.ceil(200_000 / unit.length));
    // Of the processor: what else the machine has to do is not ours.
    const start = process.cpuUsage();
    looksLikeSecret(text, text);
    withoutCredentials(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});

describe('secrets in a file', () => {
  const CANARY = 'c4n4ry-c4n4ry';
  const inWeb = (text: string) =>
    changed('      port: 8080\n', `      port: 8080\n${text}\n`);

  it.each([
    [
      'a variable',
      changed(
        'name: LOG_LEVEL\n          value: info',
        `name: DB_PASSWORD\n          value: ${CANARY}`,
      ),
      19,
    ],
    [
      'a number',
      changed(
        'name: LOG_LEVEL\n          value: info',
        'name: DB_PASSWORD\n          value: 123456',
      ),
      19,
    ],
    [
      'a URL',
      changed('value: info', `value: postgres://u:${CANARY}@db/shop`),
      19,
    ],
    ['an argument', inWeb(`      args: [--password, ${CANARY}]`), 15],
    [
      'an argument with =',
      inWeb(`      args: ["--db-password=${CANARY}"]`),
      15,
    ],
    [
      'a command',
      inWeb(
        `      command: [sh, -c, "curl -H 'Authorization: Bearer ${CANARY}-${CANARY}' x"]`,
      ),
      15,
    ],
    [
      'a header',
      changed(
        'path: /healthz',
        `path: /healthz\n          headers:\n            - name: Authorization\n              value: ${CANARY}`,
      ),
      30,
    ],
    [
      'a patch',
      inWeb(
        `      patches:\n        - target: { kind: Deployment }\n          patch:\n            - { op: add, path: /a/env/-, value: { name: DB_PASSWORD, value: ${CANARY} } }`,
      ),
      18,
    ],
    [
      'a patch of one field',
      inWeb(
        `      patches:\n        - target: { kind: Secret }\n          patch:\n            - op: add\n              path: /data/password\n              value: ${CANARY}`,
      ),
      20,
    ],
    [
      'an annotation',
      changed(
        '  name: shop\n',
        `  name: shop\n  annotations:\n    deploy-token: ${CANARY}\n`,
      ),
      6,
    ],
    [
      'a field of no schema',
      changed(
        'engine: postgres',
        `engine: postgres\n      password: ${CANARY}`,
      ),
      58,
    ],
    [
      'a value beside a reference',
      changed(
        '        - name: API_TOKEN\n',
        `        - name: API_TOKEN\n          value: ${CANARY}\n`,
      ),
      22,
    ],
  ])(
    'refuses one in %s, with its line and without saying it',
    (_, text, line) => {
      const { problems, resources } = parseFile(text);
      expect(resources).toEqual([]);
      expect(
        problems.filter(({ code }) => code === 'literal-secret'),
      ).toMatchObject([{ line, found: '(not shown)' }]);
      expect(JSON.stringify(problems)).not.toContain('c4n4ry');
      expect(JSON.stringify(problems)).not.toContain('123456');
    },
  );

  it('finds nothing in a sound spec', () => {
    expect(parseFile(SERVICE).problems).toEqual([]);
  });

  it('lets a Secret be named', () => {
    expect(
      parseFile(inWeb('      envFrom:\n        - secret: shop-secrets'))
        .problems,
    ).toEqual([]);
  });

  it('never says a token, wherever in a file it stands', () => {
    const lines = SERVICE.split('\n');
    fc.assert(
      fc.property(
        fc.nat({ max: lines.length - 1 }),
        fc.constantFrom('value', 'key', 'line', 'item', 'quoted'),
        fc.constantFrom(GITHUB, AWS, JWT),
        (line, how, token) => {
          const texts: Record<string, string> = {
            value: lines[line].replace(/:.*/, `: ${token}`),
            key: lines[line].replace(/[\w-]+:/, `${token}:`),
            line: token,
            item: `${lines[line]}\n      - ${token}`,
            quoted: lines[line].replace(/:.*/, `: "${token}`),
          };
          const text = [
            ...lines.slice(0, line),
            texts[how],
            ...lines.slice(line + 1),
          ].join('\n');
          const said = parseFile(text).problems.map(formatProblem).join('\n');
          expect(said).not.toContain(token);
          expect(said).not.toContain(token.slice(4, 24));
        },
      ),
    );
  });
});
