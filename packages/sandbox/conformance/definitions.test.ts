import {
  Body,
  MERGE,
  STRATEGIC,
  Target,
  expected,
  fieldsOf,
  namespaceFor,
  unique,
  until,
} from './target';
import { widgetSchema } from './widget-schema';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

describe('custom resources', () => {
  let target: Target;
  let namespace: string;
  let group: string;
  let widgets: string;

  const widget = (
    name: string,
    spec: object = { size: 1 },
    more: object = {},
  ) => ({
    apiVersion: `${group}/v1`,
    kind: 'Widget',
    metadata: { name },
    spec,
    ...more,
  });

  const definition = () => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: widgetSchema },
          additionalPrinterColumns: [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          ],
        },
      ],
    },
  });

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'widgets');
    group = `${unique('g')}.conformance.test`;
    widgets = `/apis/${group}/v1/namespaces/${namespace}/widgets`;
    expected(await target.post(CRDS, definition()), 201);
    await until(
      () => target.get(widgets),
      reply => reply.status === 200,
    );
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.delete(`${CRDS}/widgets.${group}`);
    await target.stop();
  });

  it('are established with the names that they ask for', async () => {
    const { body } = await until(
      () => target.get(`${CRDS}/widgets.${group}`),
      reply =>
        reply.body.status?.conditions?.some(
          (one: Body) => one.type === 'Established' && one.status === 'True',
        ),
    );
    expect(body.spec.names).toEqual({
      kind: 'Widget',
      listKind: 'WidgetList',
      plural: 'widgets',
      singular: 'widget',
      shortNames: ['wd'],
    });
    expect(body.status.storedVersions).toEqual(['v1']);
    expect(body.spec.conversion).toEqual({ strategy: 'None' });
  });

  it('are discovered', async () => {
    const { body } = await until(
      () => target.get(`/apis/${group}/v1`),
      reply => reply.status === 200,
    );
    expect(body.resources.map((one: Body) => one.name).sort()).toEqual([
      'widgets',
      'widgets/status',
    ]);
    expect(
      body.resources.find((one: Body) => one.name === 'widgets'),
    ).toMatchObject({ kind: 'Widget', shortNames: ['wd'], namespaced: true });
  });

  it('get their defaults, also inside defaulted objects', async () => {
    const { status, body } = await target.post(
      widgets,
      widget('defaults', { size: 1, parts: [{ name: 'a' }] }),
    );
    expect(status).toBe(201);
    expect(body.spec).toEqual({
      size: 1,
      color: 'red',
      mode: { fast: true, retries: 3 },
      parts: [{ name: 'a', count: 1 }],
    });
    expect(body.metadata.generation).toBe(1);
  });

  it('lose what the schema does not know, and keep what it leaves free', async () => {
    const { body } = await target.post(
      widgets,
      widget('pruned', {
        size: 1,
        odd: 1,
        mode: { odd: 1 },
        free: { any: { thing: [1] } },
        limits: { cpu: '1' },
      }),
      { fieldValidation: 'Ignore' },
    );
    expect(body.spec).toEqual({
      size: 1,
      color: 'red',
      mode: { fast: true, retries: 3 },
      free: { any: { thing: [1] } },
      limits: { cpu: '1' },
    });
  });

  it('tell unknown fields when asked to be strict, and warn by default', async () => {
    const strict = await target.post(
      widgets,
      widget('strict', { size: 1, odd: 1 }),
      { fieldValidation: 'Strict' },
    );
    expect([strict.status, strict.body.reason]).toEqual([400, 'BadRequest']);
    expect(strict.body.message).toContain(
      'strict decoding error: unknown field "spec.odd"',
    );
    const warned = await target.post(
      widgets,
      widget('warned', { size: 1, odd: 1 }),
    );
    expect([warned.status, warned.headers.warning]).toEqual([
      201,
      '299 - "unknown field \\"spec.odd\\""',
    ]);
  });

  it.each<[string, object, string, string]>([
    ['a missing field', {}, 'FieldValueRequired', 'spec.size'],
    ['a wrong type', { size: 'big' }, 'FieldValueTypeInvalid', 'spec.size'],
    [
      'a number below the minimum',
      { size: 0 },
      'FieldValueInvalid',
      'spec.size',
    ],
    [
      'a number above the maximum',
      { size: 11 },
      'FieldValueInvalid',
      'spec.size',
    ],
    [
      'a value outside the enum',
      { size: 1, color: 'blue' },
      'FieldValueNotSupported',
      'spec.color',
    ],
    [
      'a text that does not match',
      { size: 1, name: 'A' },
      'FieldValueInvalid',
      'spec.name',
    ],
    [
      'a text that is too long',
      { size: 1, name: 'abcdef' },
      'FieldValueTooLong',
      'spec.name',
    ],
    [
      'too many items',
      { size: 1, tags: ['a', 'b', 'c', 'd'] },
      'FieldValueTooMany',
      'spec.tags',
    ],
    [
      'an item twice in a set',
      { size: 1, tags: ['a', 'a'] },
      'FieldValueDuplicate',
      'spec.tags[1]',
    ],
    [
      'a key twice in a map',
      { size: 1, parts: [{ name: 'a' }, { name: 'a' }] },
      'FieldValueDuplicate',
      'spec.parts[1]',
    ],
    [
      'a wrong type inside',
      { size: 1, parts: [{ name: 'a', count: 'x' }] },
      'FieldValueTypeInvalid',
      'spec.parts[0].count',
    ],
    [
      'neither number nor text',
      { size: 1, port: true },
      'FieldValueTypeInvalid',
      'spec.port',
    ],
  ])('are refused with %s', async (_, spec, reason, field) => {
    const { status, body } = await target.post(
      widgets,
      widget(unique('bad'), spec),
    );
    expect([status, body.reason]).toEqual([422, 'Invalid']);
    const [cause] = body.details.causes;
    expect([cause.reason, cause.field]).toEqual([reason, field]);
    expect(
      body.details.causes.map((one: Body) => one.message),
    ).toMatchSnapshot();
  });

  it('take numbers and text where both are allowed, and null where it is', async () => {
    for (const port of [80, 'http']) {
      const { status, body } = await target.post(
        widgets,
        widget(unique('port'), { size: 1, port, note: null }),
      );
      expect([status, body.spec.port, body.spec.note]).toEqual([
        201,
        port,
        null,
      ]);
    }
  });

  it('are replaced only with a version', async () => {
    await target.post(widgets, widget('versioned'));
    const { status, body } = await target.put(
      `${widgets}/versioned`,
      widget('versioned', { size: 2 }),
    );
    expect([status, body.details.causes[0].field]).toEqual([
      422,
      'metadata.resourceVersion',
    ]);
  });

  it('have a status of their own door', async () => {
    const created = (
      await target.post(
        widgets,
        widget('state', { size: 1 }, { status: { phase: 'Early' } }),
      )
    ).body;
    expect(created.status).toBeUndefined();
    const door = await target.patch(`${widgets}/state/status`, MERGE, {
      spec: { size: 9 },
      status: { phase: 'Ready' },
      metadata: { labels: { a: 'b' } },
    });
    expect([
      door.body.spec.size,
      door.body.status,
      door.body.metadata.generation,
    ]).toEqual([1, { phase: 'Ready' }, 1]);
    const main = await target.patch(`${widgets}/state`, MERGE, {
      spec: { size: 2 },
      status: { phase: 'Lost' },
    });
    expect([
      main.body.spec.size,
      main.body.status,
      main.body.metadata.generation,
    ]).toEqual([2, { phase: 'Ready' }, 2]);
    expect(fieldsOf(door.body, 'conformance')).toBeDefined();
    const entries = main.body.metadata.managedFields.map((one: Body) => [
      one.subresource,
      one.fieldsV1,
    ]);
    expect(entries).toContainEqual([
      'status',
      { 'f:status': { '.': {}, 'f:phase': {} } },
    ]);
  });

  it('count up their generation with each change that is not of metadata or status', async () => {
    await target.post(widgets, widget('counted'));
    const labelled = await target.patch(`${widgets}/counted`, MERGE, {
      metadata: { labels: { a: 'b' } },
    });
    const changed = await target.patch(`${widgets}/counted`, MERGE, {
      spec: { size: 3 },
    });
    expect([
      labelled.body.metadata.generation,
      changed.body.metadata.generation,
    ]).toEqual([1, 2]);
  });

  it('do not know the strategic merge patch', async () => {
    await target.post(widgets, widget('plain'));
    expect(
      (await target.patch(`${widgets}/plain`, STRATEGIC, { spec: { size: 2 } }))
        .status,
    ).toBe(415);
  });

  it('are merged by their keys when applied', async () => {
    await target.apply(
      `${widgets}/applied`,
      'one',
      widget('applied', {
        size: 1,
        tags: ['a', 'b'],
        parts: [{ name: 'x', count: 2 }],
        plain: [{ a: '1' }],
      }),
    );
    const two = await target.apply(
      `${widgets}/applied`,
      'two',
      widget('applied', { size: 1, tags: ['c'], parts: [{ name: 'y' }] }),
    );
    expect(two.status).toBe(200);
    expect([two.body.spec.tags, two.body.spec.parts]).toEqual([
      ['a', 'b', 'c'],
      [
        { name: 'x', count: 2 },
        { name: 'y', count: 1 },
      ],
    ]);
    const contested = await target.apply(
      `${widgets}/applied`,
      'two',
      widget('applied', {
        size: 1,
        plain: [{ a: '2' }],
        parts: [{ name: 'x', count: 5 }],
      }),
    );
    expect([
      contested.status,
      contested.body.details.causes.map((one: Body) => one.field),
    ]).toEqual([409, ['.spec.plain', '.spec.parts[name="x"].count']]);
    const dropped = await target.apply(
      `${widgets}/applied`,
      'one',
      widget('applied', { size: 1, tags: ['a'] }),
    );
    expect(dropped.body.spec).toMatchObject({
      tags: ['a', 'c'],
      parts: [{ name: 'y', count: 1 }],
    });
    expect(dropped.body.spec.plain).toBeUndefined();
  });

  it('have their status applied through its own door', async () => {
    await target.post(widgets, widget('status-apply'));
    const { status, body } = await target.apply(
      `${widgets}/status-apply/status`,
      'one',
      { apiVersion: `${group}/v1`, kind: 'Widget', status: { phase: 'Ready' } },
    );
    expect([status, body.status]).toEqual([200, { phase: 'Ready' }]);
  });

  it('show their columns in a table', async () => {
    await target.post(widgets, widget('column', { size: 7 }));
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const { body } = await target.send('GET', `${widgets}/column`, undefined, {
      accept,
    });
    expect(body.columnDefinitions.map((one: Body) => one.name)).toEqual([
      'Name',
      'Size',
    ]);
    expect(body.rows[0].cells).toEqual(['column', 7]);
  });

  it('must be defined by a structural schema', async () => {
    const broken: Body = definition();
    broken.spec.names = { kind: 'Broken', plural: 'brokens' };
    broken.metadata.name = `brokens.${group}`;
    broken.spec.versions[0].schema.openAPIV3Schema = {
      type: 'object',
      properties: { spec: { properties: { a: { type: 'string' } } } },
    };
    const { status, body } = await target.post(CRDS, broken);
    expect([status, body.details.causes[0]]).toEqual([
      422,
      {
        reason: 'FieldValueRequired',
        message:
          'Required value: must not be empty for specified object fields',
        field: 'spec.validation.openAPIV3Schema.properties[spec].type',
      },
    ]);
  });

  it('must be defined under the name of their plural and group', async () => {
    const misnamed: Body = definition();
    misnamed.metadata.name = `other.${group}`;
    const { status, body } = await target.post(CRDS, misnamed);
    expect([status, body.details.causes[0].field]).toEqual([
      422,
      'metadata.name',
    ]);
  });

  it('go with their definition', async () => {
    const gone: Body = definition();
    gone.spec.names = { kind: 'Short', plural: 'shorts' };
    gone.metadata.name = `shorts.${group}`;
    await target.post(CRDS, gone);
    const shorts = `/apis/${group}/v1/namespaces/${namespace}/shorts`;
    await until(
      () => target.get(shorts),
      reply => reply.status === 200,
    );
    await until(
      () =>
        target.post(shorts, {
          apiVersion: `${group}/v1`,
          kind: 'Short',
          metadata: { name: 'one' },
          spec: { size: 1 },
        }),
      reply => reply.status === 201,
    );
    await target.delete(`${CRDS}/shorts.${group}`);
    await until(
      () => target.get(`${CRDS}/shorts.${group}`),
      reply => reply.status === 404,
    );
    const after = await until(
      () => target.get(shorts),
      reply => reply.status === 404,
    );
    expect(after.status).toBe(404);
  }, 30_000);
});
