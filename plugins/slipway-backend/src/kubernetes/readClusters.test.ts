import { ConfigReader } from '@backstage/config';
import { readClusters } from './readClusters';

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const cluster = (name: string, more: object = {}) => ({
  name,
  url: `https://${name}.example.com`,
  authProvider: 'serviceAccount',
  serviceAccountToken: `token-of-${name}`,
  ...more,
});

const config = (clusters: object[], slipway?: object[]) =>
  new ConfigReader({
    kubernetes: {
      clusterLocatorMethods: [
        { type: 'catalog' },
        { type: 'config', clusters },
      ],
    },
    ...(slipway && { slipway: { clusters: slipway } }),
  });

describe('readClusters', () => {
  it('keeps the order of the configuration and joins what Slipway adds', () => {
    const clusters = readClusters(
      config(
        [
          cluster('hub', { title: 'Hub' }),
          cluster('eu', { caData: Buffer.from(CA).toString('base64') }),
        ],
        [
          {
            name: 'eu',
            region: 'eu-west',
            sandbox: true,
            argocd: {
              cluster: 'hub',
              namespace: 'gitops',
              url: 'https://argocd.example.com/',
              destination: { name: 'eu-cluster' },
            },
          },
        ],
      ),
    );
    expect(clusters.map(c => c.info)).toEqual([
      {
        name: 'hub',
        title: 'Hub',
        region: undefined,
        sandbox: false,
        argocd: {
          cluster: 'hub',
          namespace: 'argocd',
          silentAfterMs: 540_000,
          destination: { server: 'https://kubernetes.default.svc' },
        },
      },
      {
        name: 'eu',
        title: 'eu',
        region: 'eu-west',
        sandbox: true,
        argocd: {
          cluster: 'hub',
          namespace: 'gitops',
          silentAfterMs: 540_000,
          url: 'https://argocd.example.com',
          destination: { name: 'eu-cluster' },
        },
      },
    ]);
    expect(clusters[1].connection.ca).toBe(CA);
    expect(clusters[1].connection.token()).toBe('token-of-eu');
  });

  it('takes a token that is renewed in the configuration, and keeps the last one while that is wrong', () => {
    let current = config([cluster('a')]);
    const live = new Proxy(current, {
      get: (_, name: keyof typeof current) =>
        (current[name] as () => unknown).bind(current),
    });
    const [{ connection }] = readClusters(live);
    expect(connection.token()).toBe('token-of-a');
    current = config([cluster('a', { serviceAccountToken: 'renewed' })]);
    expect(connection.token()).toBe('renewed');
    current = config([cluster('a'), cluster('a')]);
    expect(connection.token()).toBe('renewed');
  });

  it('knows where an ApplicationSet makes the Applications', () => {
    const [own, set] = readClusters(
      config(
        [cluster('a'), cluster('b')],
        [{ name: 'b', argocd: { applicationSet: true } }],
      ),
    );
    expect(own.info.argocd).not.toHaveProperty('applicationSet');
    expect(set.info.argocd.applicationSet).toBe(true);
  });

  it('takes as silence three times what Argo CD may take, and none where it compares only when told', () => {
    const silences = (refreshSeconds: number) =>
      readClusters(
        config([cluster('a')], [{ name: 'a', argocd: { refreshSeconds } }]),
      )[0].info.argocd.silentAfterMs;
    expect(silences(60)).toBe(180_000);
    expect(silences(0)).toBeUndefined();
    expect(() => silences(-1)).toThrow(
      'slipway.clusters[0].argocd.refreshSeconds is -1',
    );
  });

  it('takes a cluster through kubectl proxy without a token', () => {
    const [only] = readClusters(
      config([
        {
          name: 'local',
          url: 'http://localhost:8001',
          authProvider: 'localKubectlProxy',
        },
      ]),
    );
    expect(only.connection.token()).toBeUndefined();
  });

  it('has no clusters where none are configured', () => {
    expect(readClusters(new ConfigReader({}))).toEqual([]);
  });

  it.each([
    [
      'two clusters with one name',
      config([cluster('a'), cluster('a')]),
      "kubernetes.clusterLocatorMethods[1].clusters[1].name is 'a', which kubernetes.clusterLocatorMethods[1].clusters[0].name is too",
    ],
    [
      'an address that is none',
      config([cluster('a', { url: 'a.example.com' })]),
      "kubernetes.clusterLocatorMethods[1].clusters[0].url is 'a.example.com'",
    ],
    [
      'a provider that needs a person',
      config([cluster('a', { authProvider: 'google' })]),
      "kubernetes.clusterLocatorMethods[1].clusters[0].authProvider is 'google'",
    ],
    [
      'a missing token',
      config([cluster('a', { serviceAccountToken: undefined })]),
      'kubernetes.clusterLocatorMethods[1].clusters[0].serviceAccountToken is missing',
    ],
    [
      'a certificate that is none',
      config([cluster('a', { caData: 'AAAA' })]),
      'kubernetes.clusterLocatorMethods[1].clusters[0].caData is no base64 of a PEM certificate',
    ],
    [
      'a certificate file that is not there',
      config([cluster('a', { caFile: '/nowhere/ca.pem' })]),
      "kubernetes.clusterLocatorMethods[1].clusters[0].caFile '/nowhere/ca.pem' can't be read (ENOENT)",
    ],
    [
      'an extra for a cluster that is not there',
      config([cluster('a')], [{ name: 'b' }]),
      "slipway.clusters[0].name is 'b', which is no cluster of kubernetes.clusterLocatorMethods; there are: a",
    ],
    [
      'an Argo CD cluster that is not there',
      config([cluster('a')], [{ name: 'a', argocd: { cluster: 'hub' } }]),
      "slipway.clusters[0].argocd.cluster is 'hub', which is no cluster; there are: a",
    ],
    [
      'a hub that is not told how to reach the cluster',
      config(
        [cluster('a'), cluster('hub')],
        [{ name: 'a', argocd: { cluster: 'hub' } }],
      ),
      'slipway.clusters[0].argocd.destination is missing',
    ],
    [
      'an address of Argo CD that no browser can open',
      config(
        [cluster('a')],
        [{ name: 'a', argocd: { url: 'ftp://argocd.example.com' } }],
      ),
      "slipway.clusters[0].argocd.url is 'ftp://argocd.example.com'",
    ],
    [
      'two destinations',
      config(
        [cluster('a')],
        [
          {
            name: 'a',
            argocd: { destination: { name: 'x', server: 'https://x' } },
          },
        ],
      ),
      'slipway.clusters[0].argocd.destination has both server and name',
    ],
  ])('refuses %s and names the key', (_what, broken, message) => {
    expect(() => readClusters(broken)).toThrow(message);
  });
});
