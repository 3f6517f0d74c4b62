import { Body, Target, namespaceFor, unique, until } from './target';

/** What a plan relies on when it says that an environment fits. */
describe('quota and limits', () => {
  let target: Target;
  let namespace: string;

  const pod = (resources: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: unique('fits') },
    spec: {
      containers: [{ name: 'web', image: 'registry.test/web:1', resources }],
    },
  });
  const make = (kind: string, spec: object) =>
    target.post(`/api/v1/namespaces/${namespace}/${kind.toLowerCase()}s`, {
      apiVersion: 'v1',
      kind,
      metadata: { name: 'fits' },
      spec,
    });
  const create = (resources?: object) =>
    target.post(`/api/v1/namespaces/${namespace}/pods`, pod(resources));

  beforeEach(async () => {
    target ??= await Target.connect();
    namespace = await namespaceFor(target, 'fits');
  }, 30_000);
  afterEach(() => target.delete(`/api/v1/namespaces/${namespace}`));
  afterAll(() => target?.stop());

  it('take from a LimitRange the limit from the most and the request from the least, where it says nothing else', async () => {
    const made: Body = (
      await make('LimitRange', {
        limits: [
          { type: 'Container', max: { memory: '1Gi' }, min: { cpu: '50m' } },
        ],
      })
    ).body;
    expect(made.spec.limits).toEqual([
      {
        type: 'Container',
        max: { memory: '1Gi' },
        min: { cpu: '50m' },
        default: { memory: '1Gi' },
        defaultRequest: { memory: '1Gi', cpu: '50m' },
      },
    ]);
    const given = await until(
      () => create(),
      reply => reply.body.spec?.containers[0].resources.limits !== undefined,
    );
    expect(given.body.spec.containers[0].resources).toEqual({
      limits: { memory: '1Gi' },
      requests: { memory: '1Gi', cpu: '50m' },
    });
  }, 30_000);

  it('refuse a container without the figure that the quota counts', async () => {
    await make('ResourceQuota', { hard: { 'limits.cpu': '2', pods: '2' } });
    await until(
      () => target.get(`/api/v1/namespaces/${namespace}/resourcequotas/fits`),
      reply => reply.body.status?.used !== undefined,
    );
    const refused = await create({ requests: { cpu: '1' } });
    expect([refused.status, refused.body.message]).toEqual([
      403,
      expect.stringContaining(
        'failed quota: fits: must specify limits.cpu for: web',
      ),
    ]);
    expect((await create({ limits: { cpu: '1500m' } })).status).toBe(201);
    const more = await until(
      () => create({ limits: { cpu: '501m' } }),
      reply => reply.status === 403,
    );
    expect(more.body.message).toContain(
      'exceeded quota: fits, requested: limits.cpu=501m, used: limits.cpu=1500m, limited: limits.cpu=2',
    );
  }, 30_000);
});
