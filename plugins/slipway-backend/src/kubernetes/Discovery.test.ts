import { createTestClock } from '../database/__testUtils__/clock';
import { Discovery } from './Discovery';
import type { ApiResponse, HttpTransport } from './HttpTransport';

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace' };
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
const ROUTE = { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' };

const resources = (name: string, kind: string) => ({
  resources: [{ name, kind, namespaced: true, verbs: ['get'] }],
});

const LEGACY: Record<string, object> = {
  '/readyz': {},
  '/version': { gitVersion: 'v1.36.1' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    groups: ['argoproj.io', 'traefik.io', 'metrics.k8s.io'].map(group => ({
      versions: [{ groupVersion: `${group}/v1alpha1` }],
    })),
  },
  '/api/v1': resources('namespaces', 'Namespace'),
  '/apis/argoproj.io/v1alpha1': resources('applications', 'Application'),
  '/apis/traefik.io/v1alpha1': resources('ingressroutes', 'IngressRoute'),
  '/apis/metrics.k8s.io/v1alpha1': resources('pods', 'PodMetrics'),
};

const group = (
  name: string,
  responseKind: string,
  freshness: 'Current' | 'Stale' = 'Current',
) => ({
  metadata: { name },
  versions: [
    {
      version: name ? 'v1alpha1' : 'v1',
      freshness,
      resources:
        freshness === 'Stale'
          ? []
          : [
              {
                resource: `${responseKind.toLowerCase()}s`,
                responseKind: { kind: responseKind },
                scope: 'Namespaced',
                verbs: ['get'],
              },
            ],
    },
  ],
});

const list = (...items: object[]) => ({ kind: 'APIGroupDiscoveryList', items });

const AGGREGATED: Record<string, object> = {
  ...LEGACY,
  '/api': list(group('', 'Namespace')),
  '/apis': list(
    group('argoproj.io', 'Application'),
    group('traefik.io', 'IngressRoute'),
    group('metrics.k8s.io', 'PodMetrics'),
  ),
};

describe('Discovery', () => {
  let answers: Record<string, object>;
  let refused: Record<string, number>;
  let asked: string[];
  let clock: ReturnType<typeof createTestClock>;
  let discovery: Discovery;

  function begin(given: Record<string, object>) {
    answers = { ...given };
    refused = {};
    asked = [];
    clock = createTestClock();
    const transport = {
      request: async ({ path }: { path: string }): Promise<ApiResponse> => {
        asked.push(path);
        const status = refused[path] ?? (answers[path] ? 200 : 404);
        const body = status === 200 ? answers[path] : undefined;
        return { status, body, text: `told to answer ${status}` };
      },
    } as unknown as HttpTransport;
    discovery = Discovery.create({
      cluster: 'eu',
      transport,
      now: () => new Date(clock.ms),
    });
  }

  const kinds = async () =>
    [...(await discovery.capabilities()).kinds].map(key =>
      key.split('/').pop(),
    );
  const ALL = ['Namespace', 'Application', 'IngressRoute', 'PodMetrics'];
  const WAITS = { name: 'ServiceUnavailableError' };

  describe.each([429, 500, 503])('in the older form', status => {
    beforeEach(() => begin(LEGACY));

    it(`keeps what a group served when it is answered with ${status}`, async () => {
      expect(await kinds()).toEqual(ALL);
      refused['/apis/argoproj.io/v1alpha1'] = status;
      refused['/apis/traefik.io/v1alpha1'] = status;
      for (let i = 0; i < 3; i++) {
        clock.advance(11 * 60_000);
        expect((await kinds()).sort()).toEqual([...ALL].sort());
        expect(await discovery.find(APPLICATION)).toMatchObject({
          plural: 'applications',
        });
      }
    });

    it(`knows nothing of a group that never answered but with ${status}, and says so`, async () => {
      refused['/apis/argoproj.io/v1alpha1'] = status;
      refused['/apis/metrics.k8s.io/v1alpha1'] = status;
      await expect(discovery.find(APPLICATION)).rejects.toMatchObject({
        ...WAITS,
        message: expect.stringMatching(
          /'eu' does not say .* argoproj\.io\/v1alpha1: .*told to answer/,
        ),
      });
      expect(await kinds()).toEqual(['Namespace', 'IngressRoute']);
      expect(await discovery.find(NAMESPACE)).toBeDefined();
      refused = { '/apis/traefik.io/v1alpha1': status };
      begin(LEGACY);
      refused['/apis/traefik.io/v1alpha1'] = status;
      // What is rendered hangs on it.
      await expect(discovery.capabilities()).rejects.toMatchObject(WAITS);
      refused = {};
      clock.advance(10_000);
      expect(await kinds()).toEqual(ALL);
    });
  });

  it.each([
    ['in the older form', LEGACY, { groups: [] }],
    ['in the newer form', AGGREGATED, list()],
  ])(
    'believes that kinds are gone when a ready server says it twice, %s',
    async (_, given, without) => {
      begin(given);
      await kinds();
      clock.advance(11 * 60_000);
      answers['/apis'] = without;
      expect(await kinds()).toEqual(ALL);
      await expect(discovery.find(APPLICATION)).rejects.toMatchObject({
        ...WAITS,
        message: expect.stringMatching(
          /'eu' does not list argoproj\.io\/v1alpha1 Application any more/,
        ),
      });
      clock.advance(14_000);
      await expect(discovery.find(ROUTE)).rejects.toMatchObject(WAITS);
      refused['/readyz'] = 500;
      clock.advance(60_000);
      await expect(discovery.find(ROUTE)).rejects.toMatchObject(WAITS);
      refused = {};
      clock.advance(15_000);
      expect(await discovery.find(APPLICATION)).toBeUndefined();
      expect(await kinds()).toEqual(['Namespace']);
    },
  );

  it('forgets nothing when kinds come back before they were missed twice', async () => {
    begin(AGGREGATED);
    await kinds();
    clock.advance(11 * 60_000);
    answers['/apis'] = list();
    await kinds();
    clock.advance(15_000);
    answers = { ...AGGREGATED };
    expect(await discovery.find(APPLICATION)).toBeDefined();
    // And the first answer doesn't count for the next time.
    clock.advance(11 * 60_000);
    answers['/apis'] = list();
    expect((await kinds()).sort()).toEqual([...ALL].sort());
  });

  it('waits for a server that starts together with us', async () => {
    begin({ ...AGGREGATED, '/apis': list() });
    refused['/readyz'] = 500;
    await expect(discovery.find(APPLICATION)).rejects.toMatchObject(WAITS);
    await expect(discovery.capabilities()).rejects.toMatchObject(WAITS);
    begin(AGGREGATED);
    // Not everybody may ask for it.
    refused['/readyz'] = 403;
    expect(await discovery.find(APPLICATION)).toBeDefined();
  });

  it('keeps the kinds of an aggregated API whose server is away, and takes up new kinds at once', async () => {
    begin(AGGREGATED);
    await kinds();
    clock.advance(11 * 60_000);
    answers['/apis'] = list(
      group('argoproj.io', 'Application'),
      group('traefik.io', 'IngressRoute'),
      group('metrics.k8s.io', 'PodMetrics', 'Stale'),
      group('new.example.com', 'Thing'),
    );
    expect((await kinds()).sort()).toEqual([...ALL, 'Thing'].sort());
    clock.advance(11 * 60_000);
    expect(await kinds()).toContain('PodMetrics');
  });

  it('asks no more than before while all is well', async () => {
    begin(AGGREGATED);
    await kinds();
    asked = [];
    clock.advance(11 * 60_000);
    await kinds();
    expect(asked.sort()).toEqual(['/api', '/apis', '/version']);
  });

  it('does not take a former answer for the fact that a kind is not there', async () => {
    begin({ ...AGGREGATED, '/apis': list() });
    expect(await discovery.findSurely(APPLICATION)).toBeUndefined();
    clock.advance(11_000);
    refused['/apis'] = 503;
    await expect(discovery.findSurely(APPLICATION)).rejects.toMatchObject(
      WAITS,
    );
    // A watch has time, and looks again.
    expect(await discovery.find(APPLICATION)).toBeUndefined();
    refused = {};
    answers['/apis'] = { kind: 'Status' };
    await expect(discovery.findSurely(APPLICATION)).rejects.toMatchObject(
      WAITS,
    );
  });
});
