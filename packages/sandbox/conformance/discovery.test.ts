import { Body, Target } from './target';

describe('discovery', () => {
  let target: Target;
  beforeAll(async () => {
    target = await Target.connect();
  }, 30_000);
  afterAll(() => target.stop());

  it('tells the version', async () => {
    const { status, body } = await target.get('/version');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      major: '1',
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/),
    });
  });

  it.each(['/healthz', '/livez', '/readyz'])('answers %s', async path => {
    const { status, text } = await target.get(path);
    expect([status, text]).toEqual([200, 'ok']);
  });

  it('lists versions, groups and resources', async () => {
    expect((await target.get('/api')).body).toMatchObject({
      kind: 'APIVersions',
      versions: ['v1'],
    });
    const { body } = await target.get('/apis');
    expect(body.kind).toBe('APIGroupList');
    const apps = body.groups.find((one: Body) => one.name === 'apps');
    expect(apps.preferredVersion).toEqual({
      groupVersion: 'apps/v1',
      version: 'v1',
    });
    expect((await target.get('/apis/apps')).body).toMatchObject({
      kind: 'APIGroup',
      name: 'apps',
    });
  });

  it.each([
    ['/api/v1', 'pods', 'Pod', true, ['po']],
    ['/api/v1', 'namespaces', 'Namespace', false, ['ns']],
    ['/apis/apps/v1', 'deployments', 'Deployment', true, ['deploy']],
    ['/apis/batch/v1', 'cronjobs', 'CronJob', true, ['cj']],
    ['/apis/networking.k8s.io/v1', 'ingresses', 'Ingress', true, ['ing']],
    [
      '/apis/apiextensions.k8s.io/v1',
      'customresourcedefinitions',
      'CustomResourceDefinition',
      false,
      ['crd', 'crds'],
    ],
  ])(
    'describes in %s the resource %s',
    async (path, name, kind, namespaced, shortNames) => {
      const { body } = await target.get(path);
      const found = body.resources.find((one: Body) => one.name === name);
      expect(found).toMatchObject({ kind, namespaced, shortNames });
      expect(found.verbs).toEqual(
        expect.arrayContaining([
          'create',
          'delete',
          'get',
          'list',
          'patch',
          'update',
          'watch',
        ]),
      );
      expect(body.resources.map((one: Body) => one.name)).toContain(
        `${name}/status`,
      );
    },
  );

  it('answers 404 with a Status for a group that is not served', async () => {
    const { status } = await target.get('/apis/no.such.group/v1/things');
    expect(status).toBe(404);
  });

  it('has OpenAPI documents by group, with what kubectl looks for', async () => {
    const index = (await target.get('/openapi/v3')).body;
    const { serverRelativeURL } = index.paths['apis/apps/v1'];
    const { body } = await target.get(serverRelativeURL);
    const { patch } =
      body.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'];
    const parameters = patch.parameters.map((one: Body) => one.name);
    expect(parameters).toEqual(
      expect.arrayContaining([
        'dryRun',
        'fieldValidation',
        'fieldManager',
        'force',
      ]),
    );
    expect(patch['x-kubernetes-group-version-kind']).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
    });
    const ports =
      body.components.schemas['io.k8s.api.core.v1.Container'].properties.ports;
    expect(ports).toMatchObject({
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
    });
  });

  it('refuses a token that it did not issue', async () => {
    const { status, body } = await target.send(
      'GET',
      '/api/v1/namespaces',
      undefined,
      { token: 'nonsense' },
    );
    expect([status, body.reason]).toEqual([401, 'Unauthorized']);
  });

  it('lets nobody without a token read objects', async () => {
    const { status } = await target.send(
      'GET',
      '/api/v1/namespaces',
      undefined,
      { token: null },
    );
    expect([401, 403]).toContain(status);
  });
});
