import { ConfigReader } from '@backstage/config';
import { locateClusters, unreadLocators } from './locateClusters';
import { readClusters } from './readClusters';

const config = (...methods: object[]) =>
  new ConfigReader({ kubernetes: { clusterLocatorMethods: methods } });

const LISTED = {
  type: 'config',
  clusters: [{ name: 'eu', url: 'https://eu.example.com' }],
};

describe('locateClusters', () => {
  it('takes what is listed, and the cluster behind a local proxy, in order', () => {
    const located = locateClusters(
      config({ type: 'localKubectlProxy' }, LISTED),
    );
    expect(
      located.map(({ cluster, key }) => [cluster.getString('name'), key]),
    ).toEqual([
      ['local', 'kubernetes.clusterLocatorMethods[0]'],
      ['eu', 'kubernetes.clusterLocatorMethods[1].clusters[0]'],
    ]);
  });

  it('reaches the one behind a local proxy without a token', () => {
    const [{ info, connection }] = readClusters(
      config({ type: 'localKubectlProxy' }),
    );
    expect(info.name).toBe('local');
    expect(connection.url).toBe('http://localhost:8001');
    expect(connection.token()).toBeUndefined();
  });

  it('refuses a listed cluster that is called like the one behind the proxy', () => {
    expect(() =>
      locateClusters(
        config(
          { type: 'localKubectlProxy' },
          { type: 'config', clusters: [{ name: 'local' }] },
        ),
      ),
    ).toThrow(
      "kubernetes.clusterLocatorMethods[1].clusters[0].name is 'local', which kubernetes.clusterLocatorMethods[0].name is too",
    );
  });
});

describe('unreadLocators', () => {
  it('names the methods whose clusters are not known, and what to do', () => {
    const told = unreadLocators(
      config({ type: 'catalog' }, LISTED, { type: 'gke', projectId: 'p' }),
    );
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(
      "kubernetes.clusterLocatorMethods[0] is of type 'catalog', which Slipway does not read",
    );
    expect(told[1]).toContain(
      "kubernetes.clusterLocatorMethods[2] is of type 'gke'",
    );
    expect(told[1]).toContain("under a method of type 'config'");
  });

  it('has nothing to tell where all are read, or none are there', () => {
    expect(
      unreadLocators(config(LISTED, { type: 'localKubectlProxy' })),
    ).toEqual([]);
    expect(unreadLocators(new ConfigReader({}))).toEqual([]);
  });
});
