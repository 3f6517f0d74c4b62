import {
  Body,
  JSON_PATCH,
  MERGE,
  STRATEGIC,
  Target,
  configMap,
  deployment,
  namespaceFor,
} from './target';

describe('patches', () => {
  let target: Target;
  let namespace: string;
  let maps: string;
  let deployments: string;

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'patches');
    maps = `/api/v1/namespaces/${namespace}/configmaps`;
    deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  it('of type merge replace lists and remove what is null', async () => {
    await target.post(
      maps,
      configMap(
        'merge',
        { a: '1', b: '2' },
        { finalizers: ['test/one', 'test/two'] },
      ),
    );
    const { body } = await target.patch(`${maps}/merge`, MERGE, {
      data: { a: null, c: '3' },
      metadata: { finalizers: ['test/two'] },
    });
    expect([body.data, body.metadata.finalizers]).toEqual([
      { b: '2', c: '3' },
      ['test/two'],
    ]);
    await target.patch(`${maps}/merge`, MERGE, {
      metadata: { finalizers: null },
    });
  });

  it('of type JSON do as they say, or nothing', async () => {
    await target.post(maps, configMap('json', { a: '1' }));
    const done = await target.patch(`${maps}/json`, JSON_PATCH, [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'add', path: '/data/b~1c', value: '2' },
      { op: 'copy', from: '/data/a', path: '/data/d' },
      { op: 'move', from: '/data/a', path: '/data/e' },
      { op: 'replace', path: '/data/d', value: '4' },
    ]);
    // A slash is no allowed key of a ConfigMap: the whole patch is refused.
    expect(done.status).toBe(422);
    const again = await target.patch(`${maps}/json`, JSON_PATCH, [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'add', path: '/data/b', value: '2' },
      { op: 'copy', from: '/data/a', path: '/data/d' },
      { op: 'move', from: '/data/a', path: '/data/e' },
      { op: 'replace', path: '/data/d', value: '4' },
    ]);
    expect(again.body.data).toEqual({ b: '2', d: '4', e: '1' });
    const failed = await target.patch(`${maps}/json`, JSON_PATCH, [
      { op: 'remove', path: '/data/b' },
      { op: 'test', path: '/data/d', value: 'other' },
    ]);
    expect([failed.status, failed.body.reason]).toEqual([422, 'Invalid']);
    expect((await target.get(`${maps}/json`)).body.data).toEqual({
      b: '2',
      d: '4',
      e: '1',
    });
  });

  it('of type strategic merge lists by their keys', async () => {
    const two = [
      {
        name: 'web',
        image: 'registry.test/web:1',
        ports: [{ containerPort: 80 }],
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { name: 'side', image: 'registry.test/side:1' },
    ];
    await target.post(deployments, deployment('strategic', two));
    const { body } = await target.patch(`${deployments}/strategic`, STRATEGIC, {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'web',
                image: 'registry.test/web:2',
                env: [
                  { name: 'A', $patch: 'delete' },
                  { name: 'C', value: '3' },
                ],
              },
            ],
          },
        },
      },
    });
    const [web, side] = body.spec.template.spec.containers;
    expect([web.image, web.ports[0].containerPort, side.image]).toEqual([
      'registry.test/web:2',
      80,
      'registry.test/side:1',
    ]);
    expect(web.env.map((one: Body) => one.name).sort()).toEqual(['B', 'C']);
    const gone = await target.patch(`${deployments}/strategic`, STRATEGIC, {
      spec: {
        template: {
          spec: { containers: [{ name: 'side', $patch: 'delete' }] },
        },
      },
    });
    expect(
      gone.body.spec.template.spec.containers.map((one: Body) => one.name),
    ).toEqual(['web']);
    const recreate = await target.patch(`${deployments}/strategic`, STRATEGIC, {
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
    });
    expect(recreate.body.spec.strategy).toEqual({ type: 'Recreate' });
  });

  it('with an older version are refused', async () => {
    const created = (await target.post(maps, configMap('version', {}))).body;
    await target.patch(`${maps}/version`, MERGE, { data: { a: '1' } });
    const { resourceVersion } = created.metadata;
    const { status } = await target.patch(`${maps}/version`, MERGE, {
      metadata: { resourceVersion },
      data: { a: '2' },
    });
    expect(status).toBe(409);
  });

  it('of an unknown type are refused', async () => {
    await target.post(maps, configMap('type', {}));
    const { status, body } = await target.patch(
      `${maps}/type`,
      'text/plain',
      {},
    );
    expect([status, body.reason]).toEqual([415, 'UnsupportedMediaType']);
  });

  it('of nothing are not found', async () => {
    expect((await target.patch(`${maps}/nobody`, MERGE, {})).status).toBe(404);
  });
});
