import { MERGE, Target, configMap, deployment, namespaceFor } from './target';

describe('objects', () => {
  let target: Target;
  let namespace: string;
  let maps: string;

  beforeAll(async () => {
    target = await Target.connect();
    namespace = await namespaceFor(target, 'objects');
    maps = `/api/v1/namespaces/${namespace}/configmaps`;
  }, 30_000);

  afterAll(async () => {
    await target.delete(`/api/v1/namespaces/${namespace}`);
    await target.stop();
  });

  it('get identity, creation time and a version when they are created', async () => {
    const { status, body } = await target.post(
      maps,
      configMap('born', { a: '1' }),
    );
    expect(status).toBe(201);
    expect(body.metadata).toMatchObject({
      name: 'born',
      namespace,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(body.metadata.creationTimestamp).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(0);
    expect((await target.get(`${maps}/born`)).body).toEqual(body);
  });

  it('are refused when they exist already', async () => {
    await target.post(maps, configMap('twice', {}));
    const { status, body } = await target.post(maps, configMap('twice', {}));
    expect(status).toBe(409);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      reason: 'AlreadyExists',
      message: 'configmaps "twice" already exists',
      details: { name: 'twice', kind: 'configmaps' },
      code: 409,
    });
  });

  it('are told as not found with a Status', async () => {
    const { status, body } = await target.get(`${maps}/nobody`);
    expect(status).toBe(404);
    expect(body).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      reason: 'NotFound',
      message: 'configmaps "nobody" not found',
      code: 404,
    });
  });

  it('get a generated name of five letters', async () => {
    const { body } = await target.post(maps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { generateName: 'made-' },
    });
    expect(body.metadata.name).toMatch(
      /^made-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
    );
  });

  it('need a namespace that exists', async () => {
    const { status, body } = await target.post(
      '/api/v1/namespaces/no-such-namespace/configmaps',
      configMap('a', {}),
    );
    expect([status, body.message]).toEqual([
      404,
      'namespaces "no-such-namespace" not found',
    ]);
  });

  it('must lie in the namespace of the path', async () => {
    const { status, body } = await target.post(
      maps,
      configMap('a', {}, { namespace: 'default' }),
    );
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
    expect(body.message).toContain(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  });

  it('must have a name that is allowed', async () => {
    const { status, body } = await target.post(
      maps,
      configMap('Not_A_Name', {}),
    );
    expect([status, body.reason]).toEqual([422, 'Invalid']);
    expect(body.details.causes[0]).toMatchObject({
      reason: 'FieldValueInvalid',
      field: 'metadata.name',
    });
    expect(body.message).toContain(
      'a lowercase RFC 1123 subdomain must consist of',
    );
  });

  it('must be of the kind of the path', async () => {
    const { status, body } = await target.post(maps, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
    });
    expect([status, body.reason]).toEqual([400, 'BadRequest']);
  });

  it('are replaced only in the version that the writer saw', async () => {
    const created = (await target.post(maps, configMap('raced', { a: '1' })))
      .body;
    expect(
      (await target.put(`${maps}/raced`, { ...created, data: { a: '2' } }))
        .status,
    ).toBe(200);
    const late = await target.put(`${maps}/raced`, {
      ...created,
      data: { a: '3' },
    });
    expect([late.status, late.body.reason]).toEqual([409, 'Conflict']);
    expect(late.body.message).toBe(
      'Operation cannot be fulfilled on configmaps "raced": the object has been modified; please apply your changes to the latest version and try again',
    );
    expect((await target.get(`${maps}/raced`)).body.data).toEqual({ a: '2' });
  });

  it('are replaced without a version when none is named', async () => {
    await target.post(maps, configMap('blind', { a: '1' }));
    const { status, body } = await target.put(
      `${maps}/blind`,
      configMap('blind', { b: '2' }),
    );
    expect([status, body.data]).toEqual([200, { b: '2' }]);
  });

  it('keep their version when a write changes nothing', async () => {
    const created = (await target.post(maps, configMap('same', { a: '1' })))
      .body;
    const again = await target.put(`${maps}/same`, created);
    expect(again.body.metadata.resourceVersion).toBe(
      created.metadata.resourceVersion,
    );
  });

  it('keep what a writer may not change', async () => {
    const created = (await target.post(maps, configMap('fixed', { a: '1' })))
      .body;
    const metadata = {
      ...created.metadata,
      creationTimestamp: '2001-01-01T00:00:00Z',
      generation: 9,
    };
    const { body } = await target.put(`${maps}/fixed`, {
      ...created,
      metadata,
      data: { a: '2' },
    });
    expect(body.metadata.creationTimestamp).toBe(
      created.metadata.creationTimestamp,
    );
  });

  it('are not stored in a dry run', async () => {
    const { status, body } = await target.post(
      maps,
      configMap('ghost', { a: '1' }),
      { dryRun: 'All' },
    );
    expect(status).toBe(201);
    expect(body.metadata.uid).toBeDefined();
    expect((await target.get(`${maps}/ghost`)).status).toBe(404);
    await target.post(maps, configMap('kept', { a: '1' }));
    const changed = await target.patch(
      `${maps}/kept`,
      MERGE,
      { data: { a: '2' } },
      { dryRun: 'All' },
    );
    expect(changed.body.data).toEqual({ a: '2' });
    expect(
      (await target.delete(`${maps}/kept`, undefined, { dryRun: 'All' }))
        .status,
    ).toBe(200);
    expect((await target.get(`${maps}/kept`)).body.data).toEqual({ a: '1' });
  });

  it('are deleted with a Status that names them', async () => {
    const created = (await target.post(maps, configMap('leaving', {}))).body;
    const { status, body } = await target.delete(`${maps}/leaving`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: {
        name: 'leaving',
        kind: 'configmaps',
        uid: created.metadata.uid,
      },
    });
  });

  it('are deleted only when the preconditions hold', async () => {
    await target.post(maps, configMap('guarded', {}));
    const { status, body } = await target.delete(`${maps}/guarded`, {
      preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
    });
    expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect((await target.get(`${maps}/guarded`)).status).toBe(200);
  });

  it('are deleted together by a selector', async () => {
    for (const name of ['many-a', 'many-b'])
      await target.post(
        maps,
        configMap(name, {}, { labels: { group: 'many' } }),
      );
    const { status } = await target.delete(maps, undefined, {
      labelSelector: 'group=many',
    });
    expect(status).toBe(200);
    expect(
      (await target.get(maps, { labelSelector: 'group=many' })).body.items,
    ).toEqual([]);
    expect((await target.get(`${maps}/guarded`)).status).toBe(200);
  });

  it('of a Secret take plain text in and give base64 out', async () => {
    const secrets = `/api/v1/namespaces/${namespace}/secrets`;
    const { body } = await target.post(secrets, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { key: 'wörd' },
    });
    expect([body.type, body.data, body.stringData]).toEqual([
      'Opaque',
      { key: Buffer.from('wörd').toString('base64') },
      undefined,
    ]);
  });

  describe('of kind Deployment', () => {
    let path: string;
    beforeAll(() => {
      path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    });

    it('are returned with their defaults, and quantities in canonical form', async () => {
      const container = {
        name: 'web',
        image: 'registry.test/web:1',
        ports: [{ containerPort: 80 }],
        resources: {
          requests: { cpu: '1000m', memory: '1024Mi' },
          limits: { cpu: '1500m', memory: '1.5Gi' },
        },
        readinessProbe: { httpGet: { port: 80 } },
      };
      const { body } = await target.post(
        path,
        deployment('defaults', [container]),
      );
      expect(body.spec).toEqual({
        replicas: 0,
        selector: { matchLabels: { app: 'defaults' } },
        template: {
          metadata: expect.objectContaining({ labels: { app: 'defaults' } }),
          spec: {
            containers: [
              {
                name: 'web',
                image: 'registry.test/web:1',
                ports: [{ containerPort: 80, protocol: 'TCP' }],
                resources: {
                  requests: { cpu: '1', memory: '1Gi' },
                  limits: { cpu: '1500m', memory: '1536Mi' },
                },
                readinessProbe: {
                  httpGet: { path: '/', port: 80, scheme: 'HTTP' },
                  timeoutSeconds: 1,
                  periodSeconds: 10,
                  successThreshold: 1,
                  failureThreshold: 3,
                },
                terminationMessagePath: '/dev/termination-log',
                terminationMessagePolicy: 'File',
                imagePullPolicy: 'IfNotPresent',
              },
            ],
            restartPolicy: 'Always',
            terminationGracePeriodSeconds: 30,
            dnsPolicy: 'ClusterFirst',
            securityContext: {},
            schedulerName: 'default-scheduler',
          },
        },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      });
    });

    it('count up their generation when the spec changes, and only then', async () => {
      const created = (await target.post(path, deployment('counted'))).body;
      expect(created.metadata.generation).toBe(1);
      const labelled = await target.patch(`${path}/counted`, MERGE, {
        metadata: { labels: { more: 'x' } },
      });
      expect(labelled.body.metadata.generation).toBe(1);
      const changed = await target.patch(`${path}/counted`, MERGE, {
        spec: { revisionHistoryLimit: 3 },
      });
      expect(changed.body.metadata.generation).toBe(2);
    });

    it('are refused with every broken rule named', async () => {
      const broken = deployment('broken', [{ name: 'web' }]);
      const { status, body } = await target.post(path, {
        ...broken,
        spec: { ...broken.spec, selector: { matchLabels: { app: 'other' } } },
      });
      expect([status, body.reason]).toEqual([422, 'Invalid']);
      const causes = body.details.causes.map(
        (one: { reason: string; field: string }) =>
          `${one.reason} ${one.field}`,
      );
      expect(causes).toContain(
        'FieldValueRequired spec.template.spec.containers[0].image',
      );
      expect(causes).toContain(
        'FieldValueInvalid spec.template.metadata.labels',
      );
    });

    it('keep their selector for ever', async () => {
      await target.post(path, deployment('rooted'));
      const selector = { matchLabels: { app: 'rooted', more: 'x' } };
      const { status, body } = await target.patch(`${path}/rooted`, MERGE, {
        spec: {
          selector,
          template: { metadata: { labels: selector.matchLabels } },
        },
      });
      expect([status, body.reason]).toEqual([422, 'Invalid']);
      expect(body.message).toContain('field is immutable');
    });

    it('are refused with a wrong type, as what could not be decoded', async () => {
      const wrong = deployment('wrong', undefined, { replicas: 'three' });
      const { status, body } = await target.post(path, wrong);
      expect([status, body.reason]).toEqual([400, 'BadRequest']);
      expect(body.message).toContain(
        'Deployment in version "v1" cannot be handled as a Deployment',
      );
    });

    it.each([
      [
        'Strict',
        400,
        'strict decoding error: unknown field "spec.replica"',
        '',
      ],
      ['Warn', 201, '', '299 - "unknown field \\"spec.replica\\""'],
      ['Ignore', 201, '', ''],
    ])(
      'meet unknown fields with fieldValidation=%s',
      async (fieldValidation, code, message, warning) => {
        const name = `unknown-${fieldValidation.toLowerCase()}`;
        const { status, body, headers } = await target.post(
          path,
          deployment(name, undefined, { replica: 3 }),
          { fieldValidation },
        );
        expect([status, headers.warning ?? '']).toEqual([code, warning]);
        expect(body.message ?? '').toContain(message);
        expect(body.spec?.replica).toBeUndefined();
      },
    );

    it('have a status of their own door', async () => {
      const created = (
        await target.post(path, {
          ...deployment('state'),
          status: { replicas: 7 },
        })
      ).body;
      expect(created.status.replicas).toBeUndefined();
      const main = await target.patch(`${path}/state`, MERGE, {
        status: { replicas: 7 },
      });
      expect(main.body.status.replicas).toBeUndefined();
      const door = await target.patch(`${path}/state/status`, MERGE, {
        spec: { replicas: 9 },
        status: { collisionCount: 7 },
      });
      expect([
        door.body.spec.replicas,
        door.body.status.collisionCount,
        door.body.metadata.generation,
      ]).toEqual([0, 7, 1]);
    });
  });

  it('of a Service get an address and keep it', async () => {
    const services = `/api/v1/namespaces/${namespace}/services`;
    const { body } = await target.post(services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    expect(body.spec).toMatchObject({
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
    expect(body.spec.clusterIPs).toEqual([body.spec.clusterIP]);
    const replaced = await target.put(`${services}/web`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { ports: [{ port: 81 }] },
    });
    expect(replaced.body.spec.clusterIP).toBe(body.spec.clusterIP);
  });
});
