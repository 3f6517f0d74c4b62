import { Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A cluster as `@backstage/plugin-kubernetes` is told of it, and where. */
export interface LocatedCluster {
  cluster: Config;
  key: string;
}

/** What `@backstage/plugin-kubernetes` takes for the cluster behind a `kubectl proxy` on the same machine. */
const LOCAL_PROXY = {
  name: 'local',
  url: 'http://localhost:8001',
  authProvider: 'localKubectlProxy',
};

const METHODS = 'kubernetes.clusterLocatorMethods';

/**
 * The clusters of `kubernetes.clusterLocatorMethods`: of type `config`, and `localKubectlProxy`. Others ask a catalog or
 * a cloud while Backstage runs; what Slipway delivers to is reviewed beforehand.
 *
 * @throws InputError where two clusters have one name
 */
export function locateClusters(config: Config): LocatedCluster[] {
  const located = methodsOf(config).flatMap(({ method, type, key }) => {
    if (type === 'localKubectlProxy')
      return [{ cluster: new ConfigReader(LOCAL_PROXY), key }];
    if (type !== 'config') return [];
    return method.getConfigArray('clusters').map((cluster, c) => ({
      cluster,
      key: `${key}.clusters[${c}]`,
    }));
  });
  const seen = new Map<string, string>();
  for (const { cluster, key } of located) {
    const name = cluster.getString('name');
    const other = seen.get(name);
    if (other)
      throw new InputError(
        `${key}.name is '${name}', which ${other}.name is too; give each cluster its own name`,
      );
    seen.set(name, key);
  }
  return located;
}

/** What to tell of the methods whose clusters Slipway doesn't know: a sentence each. */
export function unreadLocators(config: Config): string[] {
  return methodsOf(config)
    .filter(({ type }) => type !== 'config' && type !== 'localKubectlProxy')
    .map(
      ({ type, key }) =>
        `${key} is of type '${type}', which Slipway does not read: it will not know the clusters that come from there. List those it is to deliver to under a method of type 'config'; @backstage/plugin-kubernetes takes several methods side by side.`,
    );
}

function methodsOf(config: Config) {
  return (config.getOptionalConfigArray(METHODS) ?? []).map((method, m) => ({
    method,
    type: method.getString('type'),
    key: `${METHODS}[${m}]`,
  }));
}
