import {
  formatPath,
  type EnvironmentClass,
  type Problem,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { SpecPaths, specPathSegments } from './specPaths';
import type { ClusterFacts } from './types';

/**
 * The cluster that an environment runs on: the one that it was put on before,
 * else the spec's, else the first in the order of the configuration whose
 * region the class allows. A choice that was recorded is never changed.
 *
 * @public
 */
export function chooseCluster(options: {
  spec: ServiceSpec;
  /** The name of the environment. */
  environment: string;
  class: EnvironmentClass;
  clusters: ReadonlyArray<Pick<ClusterFacts, 'name' | 'region'>>;
  /** Where the environment runs already. */
  recorded?: string;
}): { cluster: string } | { problem: Problem } {
  const { clusters, recorded } = options;
  const { regions } = options.class.spec;
  const named = options.spec.spec.environments.find(
    ({ name }) => name === options.environment,
  )?.cluster;
  const wanted = recorded ?? named;
  if (recorded !== undefined && named !== undefined && named !== recorded) {
    return problem(options, {
      message: `Environment ${options.environment} runs on cluster ${recorded} and can't be moved to ${named}.`,
      allowed: recorded,
      hint: "Make a new environment on the other cluster, and remove this one when it isn't needed any more.",
    });
  }
  const cluster = clusters.find(({ name, region }) =>
    wanted === undefined
      ? regions.length === 0 || regions.includes(region ?? '')
      : name === wanted,
  );
  if (cluster) {
    return { cluster: cluster.name };
  }
  const allowed = clusters.map(({ name }) => name).join(', ') || 'none';
  return wanted === undefined
    ? problem(options, {
        message: `No cluster is in a region that class ${options.class.metadata.name} allows (${regions.join(', ')}).`,
        allowed,
        hint: 'Name a cluster of the configuration, or ask the platform team for one in such a region.',
      })
    : problem(options, {
        message: `There is no cluster ${wanted}.`,
        allowed,
        hint: 'Name one of these, or leave the cluster out.',
      });
}

function problem(
  { spec, environment }: { spec: ServiceSpec; environment: string },
  about: Pick<Problem, 'message' | 'allowed' | 'hint'>,
): { problem: Problem } {
  const path = `${new SpecPaths(spec, environment).environment}.cluster`;
  const segments = specPathSegments(spec, path);
  return {
    problem: {
      path: formatPath(segments),
      segments,
      code: 'reference',
      severity: 'error',
      ...about,
    },
  };
}
