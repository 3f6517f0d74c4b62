import type {
  EnvironmentClass,
  ServiceEnvironment,
} from '@slipway/plugin-slipway-common';
import type { ClusterFacts } from './types';

/**
 * The cluster that an environment runs on: the one that the spec names, else
 * the first in the order of the configuration whose region the class allows.
 * Answers undefined when there is none. Whoever records the choice keeps to it
 * instead of asking again.
 *
 * @public
 */
export function chooseCluster<
  Cluster extends Pick<ClusterFacts, 'name' | 'region'>,
>(
  environment: ServiceEnvironment,
  environmentClass: EnvironmentClass,
  clusters: readonly Cluster[],
): Cluster | undefined {
  const { regions } = environmentClass.spec;
  return clusters.find(({ name, region }) =>
    environment.cluster === undefined
      ? regions.length === 0 || regions.includes(region ?? '')
      : name === environment.cluster,
  );
}
