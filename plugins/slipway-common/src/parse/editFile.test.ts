import fc from 'fast-check';
import { editFile, type Edit } from './editFile';
import { editValue } from './plainEdit';
import { parseFile } from './parseFile';
import { changed, SERVICE, short } from './__testUtils__/service';

function edited(text: string, ...edits: Edit[]): string {
  const result = editFile(text, edits);
  expect(result).not.toHaveProperty('problems');
  return 'text' in result ? result.text : '';
}

function refused(text: string, ...edits: Edit[]) {
  const result = editFile(text, edits);
  return 'problems' in result ? result.problems : [];
}

/** Lines that are only in the one, and only in the other. */
function diff(before: string, after: string): string[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < Math.min(a.length, b.length) - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  return [
    ...a.slice(start, a.length - end).map(line => `-${line}`),
    ...b.slice(start, b.length - end).map(line => `+${line}`),
  ];
}

const web = ['spec', 'workloads', { name: 'web' }];

describe('editFile', () => {
  it.each<[string, Edit, string[]]>([
    [
      'a value beside a comment',
      { op: 'set', path: [...web, 'image', 'revision'], value: 'v2' },
      [
        '-        revision: v1 # set by CI',
        '+        revision: v2 # set by CI',
      ],
    ],
    [
      'a value that needs quotes',
      { op: 'set', path: [...web, 'image', 'revision'], value: '1.0' },
      [
        '-        revision: v1 # set by CI',
        '+        revision: "1.0" # set by CI',
      ],
    ],
    [
      'a value in quotes',
      {
        op: 'set',
        path: ['spec', 'databases', { name: 'db' }, 'version'],
        value: '17',
      },
      ["-      version: '16'", "+      version: '17'"],
    ],
    [
      'a number',
      { op: 'set', path: [...web, 'port'], value: 9000 },
      ['-      port: 8080', '+      port: 9000'],
    ],
    [
      'a new field, in the order of the schema',
      { op: 'set', path: [...web, 'replicas'], value: 3 },
      ['+      replicas: 3'],
    ],
    [
      'a new field that comes first',
      {
        op: 'set',
        path: [
          'spec',
          'environments',
          { name: 'staging' },
          'overrides',
          'workloads',
          { name: 'web' },
          'image',
        ],
        value: { revision: 'v2' },
      },
      ['+            image:', '+              revision: v2'],
    ],
    [
      'a new map',
      { op: 'set', path: [...web, 'autoscaling'], value: { max: 4, min: 2 } },
      ['+      autoscaling:', '+        min: 2', '+        max: 4'],
    ],
    [
      'a field of a map that is not there',
      { op: 'set', path: ['spec', 'pipeline', 'template'], value: 'node' },
      ['+  pipeline:', '+    template: node'],
    ],
    [
      'an item of a short list',
      { op: 'append', path: [...web, 'needs'], value: 'api.example.com:443' },
      [
        '-      needs: [api, db]',
        '+      needs: [ api, db, api.example.com:443 ]',
      ],
    ],
    [
      'an item of a long list',
      {
        op: 'append',
        path: [...web, 'env'],
        value: { name: 'A', value: 'on' },
      },
      ['+        - name: A', '+          value: "on"'],
    ],
    [
      'an item of a list that is not there',
      { op: 'append', path: [...web, 'volumes'], value: { path: '/tmp' } },
      ['+      volumes:', '+        - path: /tmp'],
    ],
    [
      'a workload',
      {
        op: 'append',
        path: ['spec', 'databases'],
        value: { size: '1Gi', name: 'cache', engine: 'redis', version: '7' },
      },
      [
        '+    - name: cache',
        '+      engine: redis',
        '+      version: "7"',
        '+      size: 1Gi',
      ],
    ],
    [
      'a field away',
      { op: 'delete', path: [...web, 'probes'] },
      [
        '-      probes:',
        '-        readiness:',
        '-          type: http',
        '-          path: /healthz',
      ],
    ],
    [
      'an item away',
      { op: 'delete', path: ['spec', 'environments', { name: 'production' }] },
      [
        '-    - name: production',
        '-      class: production',
        '-      promoteFrom: staging',
      ],
    ],
    [
      'the last item away',
      { op: 'delete', path: [...web, 'env', { name: 'LOG_LEVEL' }] },
      [
        '-      env:',
        '-        - name: LOG_LEVEL',
        '-          value: info',
        '+      env: []',
      ],
    ],
    [
      'a list by another',
      { op: 'set', path: [...web, 'env'], value: [{ name: 'B', value: 'b' }] },
      [
        '-        - name: LOG_LEVEL',
        '-          value: info',
        '+        - name: B',
        '+          value: b',
      ],
    ],
    ['nothing', { op: 'set', path: [...web, 'port'], value: 8080 }, []],
    ['nothing away', { op: 'delete', path: [...web, 'replicas'] }, []],
  ])('edits %s and leaves every other line alone', (_, edit, expected) => {
    expect(diff(SERVICE, edited(SERVICE, edit))).toEqual(expected);
  });

  it('takes the comment above an item away with it, and no other', () => {
    const sole = edited(
      SERVICE,
      { op: 'delete', path: ['spec', 'environments', 0, 'overrides'] },
      {
        op: 'set',
        path: ['spec', 'workloads', { name: 'web' }, 'needs'],
        value: [],
      },
    );
    const text = edited(
      changed(
        '    - name: web\n      image',
        '    # Second line.\n    - name: web\n      image',
        sole,
      ),
      { op: 'delete', path: web },
    );
    expect(text).not.toMatch(/#/);
    expect(parseFile(text).problems).toEqual([]);
    expect(
      edited(SERVICE, {
        op: 'delete',
        path: ['spec', 'environments', { name: 'production' }],
      }),
    ).toContain('# The part that people see.');
  });

  it('keeps the line ends of Windows', () => {
    const windows = SERVICE.replaceAll('\n', '\r\n');
    const text = edited(
      windows,
      { op: 'append', path: [...web, 'env'], value: { name: 'A', value: 'b' } },
      { op: 'set', path: [...web, 'port'], value: 1 },
    );
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect(text).toContain('- name: A\r\n          value: b\r\n');
  });

  it('edits a file without a last line end', () => {
    const text = SERVICE.trimEnd();
    expect(
      edited(text, {
        op: 'append',
        path: ['spec', 'environments'],
        value: { name: 'x', class: 'preview' },
      }),
    ).toBe(`${text}\n    - name: x\n      class: preview`);
  });

  it('moves the next field up beside the dash', () => {
    const text = changed(
      '    - name: api\n',
      '    - kind: Deployment\n      name: api\n',
    );
    expect(
      diff(
        text,
        edited(text, { op: 'delete', path: ['spec', 'workloads', 1, 'kind'] }),
      ),
    ).toEqual([
      '-    - kind: Deployment',
      '-      name: api',
      '+    - name: api',
    ]);
  });

  it('takes several edits, of which the first may need the second', () => {
    const text = edited(
      SERVICE,
      { op: 'append', path: [...web, 'needs'], value: 'cache' },
      {
        op: 'append',
        path: ['spec', 'databases'],
        value: { name: 'cache', engine: 'redis', version: '7', size: '1Gi' },
      },
    );
    expect(parseFile(text).problems).toEqual([]);
  });

  it('edits one of several documents', () => {
    const text = `${SERVICE}---\n${SERVICE.replace('name: shop', 'name: other')}`;
    const result = editFile(
      text,
      [{ op: 'set', path: ['spec', 'description'], value: 'Other.' }],
      { document: 1 },
    );
    expect(result).toHaveProperty(
      'text',
      expect.stringContaining('description: Other.'),
    );
    expect(
      parseFile('text' in result ? result.text : '').resources[0],
    ).not.toHaveProperty('spec.description');
  });

  it('refuses a file with errors, and says where they are', () => {
    const problems = refused(changed('port: 8080', 'prot: 8080'), {
      op: 'set',
      path: ['metadata', 'name'],
      value: 'x',
    });
    expect(problems.map(short)).toContain('unknown-key spec.workloads[0].prot');
    expect(problems[0].line).toBeGreaterThan(1);
  });

  it.each<[string, Edit, RegExp, number]>([
    [
      'an item that is not there',
      {
        op: 'set',
        path: ['spec', 'workloads', { name: 'wep' }, 'port'],
        value: 1,
      },
      /spec\.workloads has no item named wep/,
      8,
    ],
    [
      'an item past the end',
      { op: 'delete', path: ['spec', 'workloads', 9] },
      /spec\.workloads has no item 9/,
      8,
    ],
    [
      'a field of a text',
      { op: 'set', path: ['spec', 'owner', 'name'], value: 1 },
      /spec\.owner is no map/,
      7,
    ],
    [
      'an append to a map',
      { op: 'append', path: ['spec'], value: 1 },
      /spec is no list/,
      5,
    ],
    [
      'an edit that breaks the spec',
      { op: 'delete', path: ['spec', 'databases'] },
      /names no workload or database/,
      16,
    ],
    [
      'a literal secret',
      {
        op: 'append',
        path: [...web, 'env'],
        value: { name: 'DB_PASSWORD', value: 'hunter2' },
      },
      /holds the value of a secret/,
      21,
    ],
  ])('refuses %s and says where', (_, edit, message, line) => {
    const problems = refused(SERVICE, edit);
    expect(problems[0].message).toMatch(message);
    expect(problems[0].line).toBe(line);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('refuses to change what an anchor shares', () => {
    const text = SERVICE.replace(
      'resources:\n        cpu: 100m\n        memory: 128Mi\n        limits:\n          memory: 256Mi',
      'resources: &small\n        cpu: 100m\n        memory: 128Mi',
    ).replace(
      /resources:\n {8}cpu: 100m\n {8}memory: 128Mi\n {4}- name: cleanup/,
      'resources: *small\n    - name: cleanup',
    );
    expect(parseFile(text).problems).toEqual([]);
    expect(
      refused(text, {
        op: 'set',
        path: [...web, 'resources', 'cpu'],
        value: '1',
      })[0].message,
    ).toMatch(/without changing something else/);
    expect(
      refused(text, {
        op: 'set',
        path: ['spec', 'workloads', 1, 'resources', 'cpu'],
        value: '1',
      })[0].message,
    ).toMatch(/is an alias/);
  });

  it('says what an edit of the plain value says, and keeps every comment', () => {
    const fields: Edit[] = [
      {
        op: 'set',
        path: ['spec', 'description'],
        value: 'A shop.\nFor all: "people" # and \'cats\'\n',
      },
      { op: 'set', path: [...web, 'args'], value: ['a', '- b', '#c', ''] },
      { op: 'set', path: [...web, 'image', 'revision'], value: '1e3' },
      {
        op: 'set',
        path: [...web, 'image', 'digest'],
        value: `sha256:${'a'.repeat(64)}`,
      },
      {
        op: 'append',
        path: ['spec', 'workloads', 1, 'env'],
        value: { name: 'A', value: ' x\ty ' },
      },
      { op: 'append', path: [...web, 'domains'], value: 'b.example.com' },
      { op: 'set', path: ['metadata', 'labels', 'a/b'], value: 'yes' },
      { op: 'delete', path: [...web, 'env'] },
      { op: 'delete', path: [...web, 'resources', 'limits', 'memory'] },
      {
        op: 'delete',
        path: [
          'spec',
          'environments',
          0,
          'overrides',
          'workloads',
          0,
          'replicas',
        ],
      },
      { op: 'set', path: [...web, 'volumes'], value: [] },
      { op: 'set', path: ['spec', 'environments', 1, 'ttl'], value: '72h' },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(fields), edits => {
        const text = edited(SERVICE, ...edits);
        const plain = edits.reduce<unknown>(
          (value, { path, ...edit }) =>
            editValue(value, {
              ...edit,
              path: path.map(step => (typeof step === 'object' ? 0 : step)),
            }),
          parseFile(SERVICE).documents[0].value,
        );
        expect(parseFile(text).documents[0].value).toEqual(plain);
        expect(text.match(/#.*people see\.|# set by CI/g)).toHaveLength(2);
      }),
      { numRuns: 200 },
    );
  });
});
