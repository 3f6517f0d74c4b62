import { parseFile, type ServiceSpec } from '@slipway/plugin-slipway-common';
import { editsOf, readDispatch } from './dispatch';
import { judgePromotion, judgeRollback, warningsOf } from './moves';
import { releaseId, runs } from './release';
import { checkReport, targetsOf } from './report';

const SPEC = (more = '') => `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: pay }
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      source: { repository: pay, branch: main }
      image: { repository: registry.example.com/shop/pay }
      resources: { cpu: 100m, memory: 128Mi }
      migrations: true
    - name: job
      kind: Worker
      source: { repository: tools/job, branch: stable }
      image: { repository: registry.example.com/shop/job${more} }
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - { name: dev, class: a }
    - { name: prod, class: b, promoteFrom: dev }
`;
const spec = (more?: string) => {
  const { resources, problems } = parseFile(SPEC(more));
  expect(problems).toEqual([]);
  return resources[0] as ServiceSpec;
};
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const DIGEST = `sha256:${'1'.repeat(64)}`;
const code = {
  namespace: 'shop',
  bound: [] as Array<{ repository: string; branch: string }>,
};

describe('which workloads a report is for', () => {
  const targets = (report: object, places = code) =>
    targetsOf(spec(), { revision: A, ...report }, places);

  it.each([
    ['of the organization', 'shop/pay'],
    ['by URL', 'https://git.example.com/shop/pay.git'],
    ['over SSH', 'git@git.example.com:shop/pay.git'],
    ['in capitals', 'Shop/Pay'],
  ])('takes the repository %s', (_, repository) => {
    expect(targets({ branch: 'main', repository }).targets).toEqual([
      { environment: 'dev', workload: 'web' },
    ]);
  });

  it.each(['mallory/pay', 'https://git.example.com/mallory/pay', 'pay2'])(
    'ignores the repository %s, and says of what it is built',
    repository => {
      const { targets: taken, ignored } = targets({ repository });
      expect(taken).toEqual([]);
      expect(ignored.find(({ workload }) => workload === 'web')!.reason).toBe(
        `It is built from pay, not from ${repository}.`,
      );
    },
  );

  it('takes the branch of the spec, and that of the binding', () => {
    const of = (branch: string, places = code) =>
      targets({ branch }, places).targets.map(({ workload }) => workload);
    expect(of('main')).toEqual(['web']);
    expect(of('refs/heads/stable')).toEqual(['job']);
    expect(of('next')).toEqual([]);
    const bound = [{ repository: 'shop/pay', branch: 'next' }];
    expect(of('next', { ...code, bound })).toEqual(['web']);
  });

  it('takes no report that names no branch where only one branch counts, and says what to send', () => {
    const { targets: taken, workloads, ignored } = targets({});
    expect([taken, workloads]).toEqual([[], []]);
    expect(ignored[0].reason).toBe(
      'It is built from the branch main, and the report names none; send branch (or git.branch), the branch that was built.',
    );
  });

  it('is a release also where it can only be promoted', () => {
    const { workloads, targets: taken } = targets({
      branch: 'main',
      environments: ['prod'],
    });
    expect(taken).toEqual([]);
    expect(workloads.map(({ name }) => name)).toEqual(['web']);
  });

  it('leaves alone what the spec pins', () => {
    const pinned = spec(', revision: v1');
    const { targets: taken, ignored } = targetsOf(
      pinned,
      { revision: A, branch: 'stable' },
      code,
    );
    expect(taken).toEqual([]);
    expect(
      ignored.find(({ workload }) => workload === 'job')!.reason,
    ).toContain('pins image.revision v1');
  });

  it('takes the digest for the image that it is of', () => {
    const image = 'registry.example.com/shop/job';
    const { workloads } = targets({
      branch: 'stable',
      digest: `${image}:latest@${DIGEST}`,
    });
    expect(workloads).toEqual([{ name: 'job', revision: A, digest: DIGEST }]);
    expect(() =>
      targets({ branch: 'stable', digest: `evil.example.com/job@${DIGEST}` }),
    ).toThrow(/of the image evil/);
  });

  it.each(['main', 'v1.2.3', 'a1b2c3d', A.toUpperCase(), `${A}0`, ''])(
    'takes %j for no revision',
    revision => {
      expect(() => checkReport({ revision })).toThrow(/is no commit/);
    },
  );
});

describe('what a release is', () => {
  it('has an id that follows from what is in it, in any order', () => {
    const one = [
      { name: 'web', revision: A },
      { name: 'job', revision: B },
    ];
    expect(releaseId('shop', 'pay', one)).toBe(
      releaseId('shop', 'pay', [...one].reverse()),
    );
    expect(releaseId('shop', 'web', one)).not.toBe(
      releaseId('shop', 'pay', one),
    );
  });

  it('runs where all of it runs', () => {
    const release = { workloads: { web: { revision: A, digest: DIGEST } } };
    expect(runs(release, [{ name: 'web', revision: A }])).toBe(true);
    expect(runs(release, [{ name: 'web', revision: A, digest: 'x' }])).toBe(
      false,
    );
    expect(runs(release, [{ name: 'web', revision: B }])).toBe(false);
    expect(runs(release, [])).toBe(false);
  });
});

const well = [
  { type: 'Synced', status: 'True', message: '' },
  { type: 'Healthy', status: 'True', message: '' },
];
const release = (revision: string) => ({ workloads: { web: { revision } } });

describe('a promotion', () => {
  const judge = (more: Partial<Parameters<typeof judgePromotion>[0]> = {}) =>
    judgePromotion({
      spec: spec(),
      environment: 'prod',
      source: { environment: 'dev', release: release(B), conditions: well },
      target: release(A),
      orderOf: ({ revision }) => new Date(revision === A ? 1 : 2),
      ...more,
    });

  it('takes what the source runs', () => {
    expect(judge()).toEqual({
      from: 'dev',
      workloads: [{ name: 'web', revision: B }],
    });
  });

  it.each<[string, Parameters<typeof judge>[0]]>([
    ['NoSource', { environment: 'dev' }],
    ['NoSource', { source: undefined }],
    [
      'NothingToPromote',
      {
        source: {
          environment: 'dev',
          release: { workloads: {} },
          conditions: well,
        },
      },
    ],
    ['SameRelease', { target: release(B) }],
    [
      'TargetIsNewer',
      { orderOf: ({ revision }) => new Date(revision === A ? 2 : 1) },
    ],
    [
      'SourceOnItsWay',
      {
        source: {
          environment: 'dev',
          release: release(B),
          conditions: [well[1]],
        },
      },
    ],
    [
      'SourceNotHealthy',
      {
        source: {
          environment: 'dev',
          release: release(B),
          conditions: [well[0]],
        },
      },
    ],
  ])('is blocked with the reason %s', (reason, facts) => {
    expect(judge(facts).blocked?.reason).toBe(reason);
  });

  it('is not kept back by an order that nobody knows', () => {
    expect(judge({ orderOf: () => undefined }).blocked).toBeUndefined();
  });
});

describe('a rollback', () => {
  const judge = (revision: string) =>
    judgeRollback({
      spec: spec(),
      environment: 'prod',
      release: [
        { name: 'web', revision },
        { name: 'gone', revision },
      ],
      target: release(A),
    });

  it('takes of a release what is still declared', () => {
    expect(judge(B)).toEqual({ workloads: [{ name: 'web', revision: B }] });
    expect(judge(A).blocked?.reason).toBe('SameRelease');
  });

  it('warns where a schema has moved on', () => {
    const warned = warningsOf(
      spec(),
      [{ name: 'web', revision: B }],
      release(A),
    );
    expect(warned).toEqual([expect.stringContaining('migrates its database')]);
    expect(
      warningsOf(spec(), [{ name: 'web', revision: A }], release(A)),
    ).toEqual([]);
  });
});

describe('a dispatch', () => {
  it.each<[string, object, object]>([
    [
      "GitHub's form",
      { event_type: 'x', client_payload: { service: 'shop/pay', sha: A } },
      { organization: 'shop', service: 'pay', report: { revision: A } },
    ],
    [
      'the general form of an application',
      {
        path: 'projects/pay/applications/web',
        action: 'apply',
        spec: { git: { hash: A } },
      },
      {
        service: 'pay',
        part: { kind: 'workloads', name: 'web' },
        report: { revision: A, workloads: ['web'] },
      },
    ],
    [
      'the general form as a payload, with an edit beside the revision',
      {
        event_type: 'config-api',
        client_payload: {
          path: 'organizations/shop/services/pay/workloads/web',
          action: 'apply',
          spec: { image: { revision: A, digest: DIGEST }, replicas: 2 },
        },
      },
      {
        organization: 'shop',
        service: 'pay',
        part: { kind: 'workloads', name: 'web' },
        report: { revision: A, digest: DIGEST, workloads: ['web'] },
        spec: { replicas: 2 },
      },
    ],
    [
      'the general form, with what was built in git',
      {
        path: 'projects/pay/applications/web',
        action: 'apply',
        spec: {
          git: {
            type: 'github',
            owner: 'shop',
            repo: 'pay',
            branch: 'x',
            hash: A,
          },
        },
      },
      {
        service: 'pay',
        part: { kind: 'workloads', name: 'web' },
        report: {
          revision: A,
          branch: 'x',
          repository: 'shop/pay',
          workloads: ['web'],
        },
      },
    ],
    [
      'the general form, with what was built beside the spec',
      {
        path: 'projects/pay/applications/web',
        action: 'apply',
        branch: 'x',
        repository: 'shop/pay',
        spec: { image: { revision: A } },
      },
      {
        service: 'pay',
        part: { kind: 'workloads', name: 'web' },
        report: {
          revision: A,
          branch: 'x',
          repository: 'shop/pay',
          workloads: ['web'],
        },
      },
    ],
    [
      'a database',
      {
        path: 'projects/pay/databases/db',
        action: 'apply',
        spec: { size: '5Gi' },
      },
      {
        service: 'pay',
        part: { kind: 'databases', name: 'db' },
        spec: { size: '5Gi' },
      },
    ],
  ])('is read in %s', (_, request, read) => {
    expect(readDispatch(request)).toEqual(read);
  });

  it.each<[object, RegExp]>([
    [{}, /names no service and revision/],
    [
      {
        path: 'projects/pay/applications/web',
        action: 'apply',
        spec: { git: { branch: 'next' } },
      },
      /send git\.hash/,
    ],
    [
      {
        path: 'projects/pay/applications/web',
        action: 'apply',
        spec: { git: { hash: A, tag: 'v1' } },
      },
      /git\.tag isn't known; allowed is an object with hash, branch/,
    ],
    [{ client_payload: { service: 'a/b/c', sha: A } }, /names no service/],
    [{ client_payload: { service: 'pay', sha: 1 } }, /sha has to be a text/],
    [
      { path: 'projects/pay', action: 'delete', spec: { a: 1 } },
      /allowed is apply/,
    ],
    [
      { path: 'projects/pay', action: 'apply', spec: {} },
      /has to be an object/,
    ],
    [
      { path: 'projects/../pay', action: 'apply', spec: { a: 1 } },
      /names no part/,
    ],
    [
      { path: 'projects/pay/secrets/x', action: 'apply', spec: { a: 1 } },
      /names no part/,
    ],
    [{ path: 'classes/pay', action: 'apply', spec: { a: 1 } }, /names no part/],
  ])('is refused as %j', (request, message) => {
    expect(() => readDispatch(request)).toThrow(message);
  });

  it('becomes the smallest edits', () => {
    expect(
      editsOf(
        { kind: 'workloads', name: 'web' },
        {
          resources: { memory: '1Gi' },
          domains: ['a.example.com'],
          schedule: null,
        },
      ),
    ).toEqual([
      {
        op: 'set',
        path: ['spec', 'workloads', { name: 'web' }, 'resources', 'memory'],
        value: '1Gi',
      },
      {
        op: 'set',
        path: ['spec', 'workloads', { name: 'web' }, 'domains'],
        value: ['a.example.com'],
      },
      {
        op: 'delete',
        path: ['spec', 'workloads', { name: 'web' }, 'schedule'],
      },
    ]);
  });
});
