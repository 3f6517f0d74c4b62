import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { parseFile } from './parseFile';
import { formatProblem, type Problem } from './problem';

const SERVICE = `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: shop
spec:
  organization: acme
  owner: group:default/shop
  workloads:
    - name: web
      image:
        repository: registry.example.com/shop/web
        revision: v1
      port: 8080
      needs: [api, db]
      resources:
        cpu: 100m
        memory: 128Mi
    - name: api
      image:
        repository: registry.example.com/shop/api
      ports:
        - name: grpc
          port: 9090
          protocol: grpc
      resources:
        cpu: 100m
        memory: 128Mi
  databases:
    - name: db
      engine: postgres
      version: '16'
      size: 10Gi
  environments:
    - name: staging
      class: shared-staging
    - name: production
      class: production
      promoteFrom: staging
`;

/** The spec with one text replaced, which has to be in it. */
function withText(from: string, to: string): string {
  expect(SERVICE).toContain(from);
  return SERVICE.replace(from, to);
}

function problemsOf(text: string, path?: string): Problem[] {
  return parseFile(text, { path }).problems;
}

function only(text: string): Problem {
  const problems = problemsOf(text);
  expect(problems.map(formatProblem)).toHaveLength(1);
  return problems[0];
}

/** How long something takes, in milliseconds. */
/** Milliseconds of processor time: what else runs on the machine counts little in it. */
function timeOf(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** Far above what is linear, far below what a blow-up of these lengths takes. */
const limit = (theirs: number) => 10 * theirs + 2_000;

describe('parseFile', () => {
  it('reads a sound file, with defaults filled in', () => {
    const { resources, problems, documents } = parseFile(SERVICE);
    expect(problems).toEqual([]);
    expect(resources).toHaveLength(1);
    expect(resources[0]).toMatchObject({
      kind: 'ServiceSpec',
      spec: {
        lifecycle: 'experimental',
        workloads: [{ kind: 'Deployment', env: [] }, {}],
      },
    });
    expect(
      documents[0].locate(['spec', 'workloads', 1, 'ports', 0, 'port']),
    ).toEqual({
      line: 23,
      column: 17,
    });
  });

  it('tells all problems at once, in the order of the file', () => {
    const text = SERVICE.replace('owner: group', 'ownr: group')
      .replace('port: 8080', "port: '8080'")
      .replace('engine: postgres', 'engine: postgresql')
      .replace('promoteFrom: staging', 'promoteFrom: stagin');
    expect(problemsOf(text, 'shop.yaml').map(formatProblem)).toEqual([
      'shop.yaml:5:1: error: spec.owner is missing (found nothing; allowed: a catalog entity reference such as group:default/payments) – add owner: The group that owns the service.',
      'shop.yaml:7:3: error: spec has no field of that name (found "ownr"; allowed: organization, owner, system, description, lifecycle, workloads, databases, pipeline, environments) – did you mean owner?',
      'shop.yaml:13:13: error: spec.workloads[0].port must be a whole number, not text (found "8080"; allowed: a whole number from 1 to 65535) – write it without quotes: 8080',
      'shop.yaml:30:15: error: spec.databases[0].engine has a value that is not allowed (found "postgresql"; allowed: mysql, postgres, redis, mongodb) – did you mean postgres?',
      'shop.yaml:38:20: error: spec.environments[1].promoteFrom names no environment of this spec (found "stagin"; allowed: staging, production) – did you mean staging?',
    ]);
  });

  describe('YAML', () => {
    it.each([
      ['an unclosed bracket', withText('[api, db]', '[api, db'), 'syntax'],
      [
        'a tab as indentation',
        withText('  organization', '\torganization'),
        'syntax',
      ],
      [
        'an unknown tag',
        withText('name: shop', 'name: !secret shop'),
        'syntax',
      ],
      [
        'an alias without anchor',
        withText('name: shop', 'name: *shop'),
        'alias',
      ],
      [
        'a control character',
        withText('name: shop', 'name: sh\u0007op'),
        'syntax',
      ],
      [
        'a number as key',
        withText('  name: shop', '  name: shop\n  1: x'),
        'key-type',
      ],
      [
        'an empty key',
        withText('  name: shop', '  name: shop\n  null: x'),
        'key-type',
      ],
      [
        'a list as key',
        withText('  name: shop', '  name: shop\n  ? [a]\n  : x'),
        'key-type',
      ],
      [
        'a reserved key',
        withText('  name: shop', '  name: shop\n  __proto__: {a: 1}'),
        'key-type',
      ],
      [
        'a key twice',
        withText('  name: shop', '  name: shop\n  name: shop'),
        'duplicate-key',
      ],
    ])('refuses %s', (_, text, code) => {
      const codes = problemsOf(text).map(problem => problem.code);
      expect(codes).toContain(code);
      expect(parseFile(text).resources).toEqual([]);
    });

    it('says where a duplicate key stands', () => {
      const problem = only(
        withText('  owner:', '  organization: acme\n  owner:'),
      );
      expect(problem).toMatchObject({
        code: 'duplicate-key',
        line: 7,
        column: 3,
        path: 'spec.organization',
      });
    });

    it.each([
      ['', 'empty'],
      ['# nothing but a comment\n', 'empty'],
      ['---\n', 'empty'],
      ['just text', 'type'],
      ['- a list', 'type'],
    ])('refuses %j', (text, code) => {
      expect(only(text)).toMatchObject({ code, line: 1 });
    });

    it('refuses a file above 1 MiB, counted in bytes', () => {
      expect(only(`# ${'é'.repeat(530_000)}\n${SERVICE}`)).toMatchObject({
        code: 'too-large',
        allowed: 'at most 1048576 bytes',
      });
      expect(problemsOf(`# ${'e'.repeat(530_000)}\n${SERVICE}`)).toEqual([]);
      expect(only('x'.repeat(5 * 1024 * 1024))).toMatchObject({
        code: 'too-large',
      });
    });

    it.each([
      ['lists', '['.repeat(100_000)],
      ['items', '- '.repeat(100_000)],
      ['maps', '{a: '.repeat(50_000)],
      [
        'lines',
        Array.from(
          { length: 1_400 },
          (_, index) => `${' '.repeat(index)}a:`,
        ).join('\n'),
      ],
    ])('refuses deeply nested %s quickly', (_, text) => {
      expect(problemsOf(text).map(problem => problem.code)).toContain(
        'too-deep',
      );
    });

    it.each([
      'a',
      'a:',
      '- a\n',
      'a/',
      '-',
      '::',
      'é',
      '"',
      '{}',
      '&a ',
      '*',
      '#',
      '\t',
      'a: b\n',
    ])(
      'takes little longer than the YAML reader for a file of nothing but %j',
      unit => {
        const text = unit.repeat(Math.floor(30_000 / unit.length));
        const theirs = timeOf(() =>
          parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false }),
        );
        expect(timeOf(() => problemsOf(text))).toBeLessThan(limit(theirs));
        const inName = `name: "${unit.replace(/["\n]/g, 'x').repeat(20_000)}"`;
        expect(
          timeOf(() => problemsOf(withText('name: shop', inName))),
        ).toBeLessThan(limit(theirs));
      },
    );

    it.each([
      ['unknown keys', (index: number) => `k${index}: 1`],
      ['duplicate keys', () => 'k: 1'],
      ['variables', (index: number) => `- { name: V${index}, value: x }`],
    ])('reads a map of many %s quickly', (_, line) => {
      const many = Array.from(
        { length: 4_000 },
        (_each, index) => `        ${line(index)}`,
      ).join('\n');
      const text = withText(
        '      resources:',
        `      env:
${many}
      resources:`,
      );
      const theirs = timeOf(() =>
        parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false }),
      );
      expect(timeOf(() => problemsOf(text))).toBeLessThan(limit(theirs));
    });

    it('refuses anchors that explode, without writing them out', () => {
      const bomb = Array.from({ length: 60 }, (_, index) =>
        index === 0
          ? 'a0: &a0 [x]'
          : `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`,
      ).join('\n');
      const codes = problemsOf(bomb).map(problem => problem.code);
      expect(codes).toEqual(['alias']);
    });

    it('refuses an anchor that holds itself', () => {
      expect(only('&a [*a]')).toMatchObject({
        code: 'alias',
        path: '[0]',
        column: 5,
      });
    });

    it('reads modest anchors', () => {
      const text = withText(
        '      resources:\n        cpu: 100m\n        memory: 128Mi\n    - name: api',
        '      resources: &small\n        cpu: 100m\n        memory: 128Mi\n    - name: api',
      ).replace(
        '          protocol: grpc\n      resources:\n        cpu: 100m\n        memory: 128Mi',
        '          protocol: grpc\n      resources: *small',
      );
      expect(problemsOf(text)).toEqual([]);
    });

    it('cuts an endless list of problems and says so', () => {
      const { problems } = parseFile(`{${'"'.repeat(20_000)}`);
      expect(problems.length).toBeLessThanOrEqual(1001);
      expect(problems[problems.length - 1].message).toMatch(
        /more problems from here on/,
      );
    });
  });

  describe('documents', () => {
    it('reads several documents and keeps the sound ones', () => {
      const other = SERVICE.replace('name: shop', 'name: other').replace(
        'kind: ServiceSpec',
        'kind: ServiceSpecs',
      );
      const { resources, problems } = parseFile(`${SERVICE}---\n${other}`);
      expect(resources.map(({ metadata }) => metadata.name)).toEqual(['shop']);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({
        code: 'kind',
        line: 41,
        hint: 'did you mean ServiceSpec?',
      });
    });

    it('refuses a name twice in a file', () => {
      expect(only(`${SERVICE}---\n${SERVICE}`)).toMatchObject({
        code: 'duplicate',
        line: 43,
        path: 'metadata.name',
      });
    });

    it('takes the kinds that it is told to', () => {
      expect(
        parseFile(SERVICE, { kinds: ['RepoBinding'] }).problems[0],
      ).toMatchObject({
        code: 'kind',
        allowed: 'RepoBinding',
      });
    });

    it('refuses another version', () => {
      expect(only(withText('v1alpha1', 'v2'))).toMatchObject({
        code: 'api-version',
        found: '"slipway.dev/v2"',
        hint: 'the file may have been written for a newer Slipway',
      });
    });

    it.each([
      ['organizations/acme/services/shop.yaml', []],
      ['organizations/acme/services/other.yaml', ['metadata.name']],
      ['organizations/other/services/shop.yaml', ['spec.organization']],
      ['organizations/acme/bindings/shop.yaml', ['kind']],
      ['classes/shop.yaml', ['kind']],
      ['anywhere/else.yaml', []],
    ])('holds the file at %s to what its path says', (path, wrong) => {
      expect(problemsOf(SERVICE, path).map(problem => problem.path)).toEqual(
        wrong,
      );
    });

    it('takes one document at a path of a platform repository', () => {
      const text = `${SERVICE}---\n${SERVICE.replace('name: shop', 'name: shop2')}`;
      expect(
        problemsOf(text, 'organizations/acme/services/shop.yaml').map(
          ({ code }) => code,
        ),
      ).toEqual(['document', 'location']);
      expect(problemsOf(text)).toEqual([]);
    });
  });

  it('gives every problem of any text a place inside of it', () => {
    const lines = SERVICE.split('\n');
    const mangled = fc
      .tuple(
        fc.nat({ max: lines.length - 1 }),
        fc.constantFrom('drop', 'double', 'replace', 'indent', 'text'),
        fc.string({ unit: 'binary', maxLength: 30 }),
      )
      .map(([line, how, text]) => {
        const changed: Record<string, string[]> = {
          drop: [],
          double: [lines[line], lines[line]],
          replace: [lines[line].replace(/:.*/, `: ${text}`)],
          indent: [`   ${lines[line]}`],
          text: [text],
        };
        return [
          ...lines.slice(0, line),
          ...changed[how],
          ...lines.slice(line + 1),
        ].join('\n');
      });
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' })), text => {
        const rows = text.split('\n');
        for (const problem of problemsOf(text)) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.line).toBeLessThanOrEqual(rows.length);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(problem.column).toBeLessThanOrEqual(
            rows[(problem.line ?? 1) - 1].length + 1,
          );
          expect(problem.message).not.toBe('');
        }
      }),
      { numRuns: 200 },
    );
  });
});
