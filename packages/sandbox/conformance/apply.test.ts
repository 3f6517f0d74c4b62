import {
  Body,
  MERGE,
  Target,
  deployment,
  fieldsOf,
  managers,
  namespaceFor,
} from './target';

describe('server-side apply', () => {
  let target: Target;
  let namespace: string;
  let maps: string;
  let deployments: string;

  const map = (data: Record<string, string>, metadata: object = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data,
  });

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'apply');
    maps = `/api/v1/namespaces/${namespace}/configmaps`;
    deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  it('creates what is not there and records who owns what', async () => {
    const { status, body } = await target.apply(
      `${maps}/new`,
      'one',
      map({ a: '1' }, { labels: { app: 'x' } }),
    );
    expect(status).toBe(201);
    expect(body.metadata.managedFields).toEqual([
      {
        manager: 'one',
        operation: 'Apply',
        apiVersion: 'v1',
        time: expect.any(String),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:data': { 'f:a': {} },
          'f:metadata': { 'f:labels': { 'f:app': {} } },
        },
      },
    ]);
  });

  it('changes nothing when applied again', async () => {
    const first = (await target.apply(`${maps}/again`, 'one', map({ a: '1' })))
      .body;
    const { status, body } = await target.apply(
      `${maps}/again`,
      'one',
      map({ a: '1' }),
    );
    expect([status, body.metadata.resourceVersion]).toEqual([
      200,
      first.metadata.resourceVersion,
    ]);
  });

  it('removes what its manager no longer names and nobody else owns', async () => {
    await target.apply(
      `${maps}/dropped`,
      'one',
      map({ mine: '1', shared: '2' }),
    );
    await target.apply(
      `${maps}/dropped`,
      'two',
      map({ shared: '2', theirs: '3' }),
    );
    const { body } = await target.apply(`${maps}/dropped`, 'one', map({}));
    expect(body.data).toEqual({ shared: '2', theirs: '3' });
    expect(managers(body)).toEqual(expect.arrayContaining(['two:Apply']));
  });

  it('tells each conflict with its manager and its field', async () => {
    await target.apply(
      `${maps}/contested`,
      'one',
      map({ a: '1', b: '1', c: '1' }),
    );
    const { status, body } = await target.apply(
      `${maps}/contested`,
      'two',
      map({ a: '2', b: '1', c: '3' }),
    );
    expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect(body.message).toBe(
      'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .data.c',
    );
    expect(body.details.causes).toEqual([
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "one"',
        field: '.data.a',
      },
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "one"',
        field: '.data.c',
      },
    ]);
    expect((await target.get(`${maps}/contested`)).body.data).toEqual({
      a: '1',
      b: '1',
      c: '1',
    });
  });

  it('takes the fields over when forced', async () => {
    await target.apply(`${maps}/forced`, 'one', map({ a: '1', b: '1' }));
    const { status, body } = await target.apply(
      `${maps}/forced`,
      'two',
      map({ a: '2' }),
      { force: true },
    );
    expect([status, body.data]).toEqual([200, { a: '2', b: '1' }]);
    expect([fieldsOf(body, 'one'), fieldsOf(body, 'two')]).toEqual([
      { 'f:data': { 'f:b': {} } },
      { 'f:data': { 'f:a': {} } },
    ]);
  });

  it('shares a field that both managers want alike', async () => {
    await target.apply(`${maps}/alike`, 'one', map({ a: '1' }));
    const { status, body } = await target.apply(
      `${maps}/alike`,
      'two',
      map({ a: '1' }),
    );
    expect([status, managers(body)]).toEqual([200, ['one:Apply', 'two:Apply']]);
    const left = await target.apply(`${maps}/alike`, 'one', map({}));
    expect(left.body.data).toEqual({ a: '1' });
  });

  it('loses fields to an ordinary write, and names its version in the conflict', async () => {
    await target.apply(`${maps}/written`, 'one', map({ a: '1' }));
    const written = await target.patch(
      `${maps}/written`,
      MERGE,
      { data: { a: '2' } },
      { fieldManager: 'hand' },
    );
    expect(managers(written.body)).toEqual(['hand:Update']);
    const { status, body } = await target.apply(
      `${maps}/written`,
      'one',
      map({ a: '1' }),
    );
    expect(status).toBe(409);
    expect(body.details.causes[0].message).toMatch(
      /^conflict with "hand" using v1$/,
    );
    expect(body.message).toMatch(
      /^Apply failed with 1 conflict: conflict with "hand" using v1: \.data\.a$/,
    );
  });

  it('shows in a dry run what it would do, and who would own it', async () => {
    const live = (await target.apply(`${maps}/dry`, 'one', map({ a: '1' })))
      .body;
    const { body } = await target.apply(`${maps}/dry`, 'one', map({ a: '2' }), {
      dryRun: 'All',
    });
    expect(body.data).toEqual({ a: '2' });
    expect((await target.get(`${maps}/dry`)).body).toEqual(live);
    const absent = await target.apply(
      `${maps}/dry-new`,
      'one',
      map({ a: '2' }),
      { dryRun: 'All' },
    );
    expect(absent.status).toBe(201);
    expect((await target.get(`${maps}/dry-new`)).status).toBe(404);
  });

  it('needs a field manager', async () => {
    const { status, body } = await target.patch(
      `${maps}/nobody`,
      'application/apply-patch+yaml',
      map({}),
    );
    expect([status, body.message]).toEqual([
      422,
      expect.stringContaining('is required for apply patch'),
    ]);
  });

  it('takes YAML', async () => {
    const yaml =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  a: "1" # one\n';
    const { status, body } = await target.send('PATCH', `${maps}/yaml`, yaml, {
      type: 'application/apply-patch+yaml',
      query: { fieldManager: 'one' },
    });
    expect([status, body.data]).toEqual([201, { a: '1' }]);
  });

  it('does not take managed fields', async () => {
    const managedFields = [
      {
        manager: 'x',
        operation: 'Apply',
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: {},
      },
    ];
    const { status, body } = await target.apply(
      `${maps}/fields`,
      'one',
      map({}, { managedFields }),
    );
    expect([status, body.message]).toEqual([
      400,
      expect.stringContaining('metadata.managedFields must be nil'),
    ]);
  });

  it('refuses fields that the kind does not have', async () => {
    const { status, body } = await target.apply(`${maps}/odd`, 'one', {
      ...map({}),
      dta: {},
    });
    expect([status, body.message]).toEqual([
      500,
      expect.stringContaining('.dta: field not declared in schema'),
    ]);
  });

  it('merges lists by their keys, each item with its own owner', async () => {
    const container = (name: string, more: object) => ({
      name,
      image: `registry.test/${name}:1`,
      ...more,
    });
    const one = deployment('lists', [
      container('web', {
        ports: [{ containerPort: 80 }],
        env: [{ name: 'A', value: '1' }],
      }),
    ]);
    expect(
      (await target.apply(`${deployments}/lists`, 'one', one)).status,
    ).toBe(201);
    const two = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'web', env: [{ name: 'B', value: '2' }] },
              container('side', {}),
            ],
          },
        },
      },
    };
    const merged = (await target.apply(`${deployments}/lists`, 'two', two))
      .body;
    const containers = merged.spec.template.spec.containers;
    expect(containers.map((each: Body) => each.name)).toEqual(['web', 'side']);
    expect(containers[0].env.map((each: Body) => each.name)).toEqual([
      'A',
      'B',
    ]);
    expect(
      fieldsOf(merged, 'one')['f:spec']['f:template']['f:spec']['f:containers'][
        'k:{"name":"web"}'
      ],
    ).toEqual({
      '.': {},
      'f:name': {},
      'f:image': {},
      'f:ports': {
        'k:{"containerPort":80,"protocol":"TCP"}': {
          '.': {},
          'f:containerPort': {},
        },
      },
      'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
    });
    const without = {
      ...one,
      spec: {
        ...one.spec,
        template: {
          ...one.spec.template,
          spec: {
            containers: [container('web', { ports: [{ containerPort: 81 }] })],
          },
        },
      },
    };
    const changed = (await target.apply(`${deployments}/lists`, 'one', without))
      .body;
    const [web, side] = changed.spec.template.spec.containers;
    expect([
      web.env.map((each: Body) => each.name),
      web.ports,
      side.name,
    ]).toEqual([['B'], [{ containerPort: 81, protocol: 'TCP' }], 'side']);
  });

  it('does not own defaults, so that others may set them', async () => {
    const body = (
      await target.apply(
        `${deployments}/defaults`,
        'one',
        deployment('defaults'),
      )
    ).body;
    expect(
      fieldsOf(body, 'one')['f:spec']['f:revisionHistoryLimit'],
    ).toBeUndefined();
    const other = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { revisionHistoryLimit: 5 },
    };
    expect(
      (await target.apply(`${deployments}/defaults`, 'two', other)).status,
    ).toBe(200);
  });

  it('refuses lists in which a key occurs twice', async () => {
    const twice = deployment('twice', [
      { name: 'web', image: 'a' },
      { name: 'web', image: 'b' },
    ]);
    const { status, body } = await target.apply(
      `${deployments}/twice`,
      'one',
      twice,
    );
    expect(status).toBe(500);
    expect(body.message).toContain('duplicate entries for key [name="web"]');
  });

  it('lets go of replicas to a scaler when they are left out', async () => {
    const scaled = deployment('scaled', undefined, { replicas: 0 });
    await target.apply(`${deployments}/scaled`, 'one', scaled);
    await target.patch(
      `${deployments}/scaled`,
      MERGE,
      { spec: { replicas: 0, paused: true } },
      { fieldManager: 'scaler' },
    );
    const { replicas, ...rest } = scaled.spec as Body;
    const { body } = await target.apply(`${deployments}/scaled`, 'one', {
      ...scaled,
      spec: rest,
    });
    // Nobody owned it any more, so it went back to its default.
    expect(body.spec.replicas).toBe(1);
    expect(body.spec.paused).toBe(true);
  });

  it('takes back what somebody changed when it is forced', async () => {
    await target.apply(`${maps}/healed`, 'one', map({ a: '1' }));
    await target.patch(`${maps}/healed`, MERGE, {
      data: { a: 'x', extra: 'y' },
    });
    const { body } = await target.apply(
      `${maps}/healed`,
      'one',
      map({ a: '1' }),
      { force: true },
    );
    expect(body.data).toEqual({ a: '1', extra: 'y' });
  });

  it('compares quantities as they are written', async () => {
    const container = {
      name: 'web',
      image: 'registry.test/web:1',
      resources: { requests: { cpu: '1000m' } },
    };
    const one = await target.apply(
      `${deployments}/quantity`,
      'one',
      deployment('quantity', [container]),
    );
    expect(
      one.body.spec.template.spec.containers[0].resources.requests.cpu,
    ).toBe('1');
    const again = await target.apply(
      `${deployments}/quantity`,
      'one',
      deployment('quantity', [container]),
    );
    expect(again.body.metadata.generation).toBe(1);
    const two = await target.apply(
      `${deployments}/quantity`,
      'two',
      deployment('quantity', [container]),
    );
    expect([two.status, two.body.reason]).toEqual([409, 'Conflict']);
  });
});
