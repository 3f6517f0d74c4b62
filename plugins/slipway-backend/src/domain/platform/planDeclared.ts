import {
  chooseCluster,
  ClusterFacts,
  EnvironmentPlan,
  FoundEnvironment,
  GitOpsTarget,
  planEnvironment,
  PriceSheet,
} from '@slipway/plan';
import {
  EnvironmentClass,
  formatPath,
  PathSegment,
  Problem,
  ReasonKey,
  Release,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { PlatformState } from './PlatformState';
import { specLines } from './specLines';

/** Names of an environment. */
export interface EnvironmentName {
  organization: string;
  service: string;
  environment: string;
}

/** `<organization>/<service>/<environment>`. */
export const environmentKey = (name: EnvironmentName) =>
  `${name.organization}/${name.service}/${name.environment}`;

/** What a plan needs beside the declared files. */
export interface Surroundings {
  /** In configuration order. */
  clusters: ClusterFacts[];
  prices: PriceSheet;
  gitops: GitOpsTarget;
  /** What runs now; an environment without a release has empty workloads. */
  release(key: string): Release;
  /** The recorded choice, which is never changed silently. */
  recordedCluster(key: string): string | undefined;
  /** What is there of an environment that is yet to be adopted. */
  found?(key: string): FoundEnvironment | undefined;
}

/** A plan, or the reason why there is none. */
export type PlanAttempt =
  | { plan: EnvironmentPlan; class: EnvironmentClass; spec: ServiceSpec }
  | {
      reason: ReasonKey;
      message: string;
      segments: PathSegment[];
      allowed?: string;
      hint?: string;
    };

/** Plans one declared environment from a platform state. Pure. */
export function planDeclared(
  state: PlatformState,
  name: EnvironmentName,
  surroundings: Surroundings,
): PlanAttempt {
  const spec = state.service(name.organization, name.service);
  const organization = state.organization(name.organization);
  const index =
    spec?.spec.environments.findIndex(e => e.name === name.environment) ?? -1;
  const at: PathSegment[] = ['spec', 'environments', index];
  if (!spec || index < 0) {
    return {
      reason: 'Undeclared',
      message: `${environmentKey(name)} is not declared.`,
      segments: at.slice(0, 2),
    };
  }
  if (!organization) {
    return {
      reason: 'Invalid',
      message: `The organization ${name.organization} has no valid organization.yaml.`,
      segments: ['spec', 'organization'],
      hint: `Put organizations/${name.organization}/organization.yaml right first.`,
    };
  }
  const environment = spec.spec.environments[index];
  const environmentClass = state.class(environment.class);
  if (!environmentClass) {
    const known = state
      .all('EnvironmentClass')
      .map(c => c.name)
      .sort();
    return {
      reason: 'ClassUnknown',
      message: `The class ${environment.class} is not there; there ${known.length === 1 ? 'is' : 'are'} ${
        known.join(', ') || 'none'
      }.`,
      segments: [...at, 'class'],
      allowed: known.join(', ') || 'none yet; the platform team adds classes',
    };
  }
  const quota = state.quota(environmentClass.spec.quota);
  if (!quota) {
    return {
      reason: 'ClassUnknown',
      message: `The class ${environment.class} names the quota profile ${environmentClass.spec.quota}, which is not there.`,
      segments: [...at, 'class'],
      hint: 'Choose another class, or ask the platform team to add the quota profile.',
    };
  }
  const key = environmentKey(name);
  const recorded = surroundings.recordedCluster(key);
  const wanted = environment.cluster ?? recorded;
  const cluster = wanted
    ? surroundings.clusters.find(c => c.name === wanted)
    : chooseCluster(environment, environmentClass, surroundings.clusters);
  if (!cluster) {
    const known =
      surroundings.clusters
        .map(c => `${c.name}${c.region ? ` (${c.region})` : ''}`)
        .join(', ') || 'none';
    return wanted
      ? {
          reason: 'ClusterUnknown',
          message: `The cluster ${wanted} is not configured; there are: ${known}.`,
          segments: [...at, 'cluster'],
          allowed: known,
        }
      : {
          reason: 'NoClusterAllowed',
          message: `The class ${environment.class} allows the regions ${environmentClass.spec.regions.join(', ')}; the clusters are: ${known}.`,
          segments: [...at, 'class'],
          hint: 'Choose another class, or ask the platform team for a cluster in one of its regions.',
        };
  }
  const found = surroundings.found?.(key);
  const plan = planEnvironment({
    ...(found && { found }),
    organization,
    spec,
    environment: name.environment,
    release: surroundings.release(key),
    class: environmentClass,
    quota,
    policies: state.policies(environmentClass.spec.policies),
    prices: surroundings.prices,
    cluster,
    gitops: surroundings.gitops,
    neighbours: neighbours(state, spec),
    positions: specLines(
      state.resource('ServiceSpec', name.organization, name.service),
      spec,
    ),
  });
  return { plan, class: environmentClass, spec };
}

/** The other side of every need: services that this one names, and those that name this one. */
export function neighbours(
  state: PlatformState,
  spec: ServiceSpec,
): ServiceSpec[] {
  const own = `${spec.spec.organization}/${spec.metadata.name}`;
  const needed = new Set(
    spec.spec.workloads
      .flatMap(w => w.needs)
      .filter(need => need.includes('/'))
      .map(serviceOfNeed),
  );
  return state.services().filter(other => {
    const id = `${other.spec.organization}/${other.metadata.name}`;
    if (id === own) return false;
    return (
      needed.has(id) ||
      other.spec.workloads.some(w =>
        w.needs.some(need => need.includes('/') && serviceOfNeed(need) === own),
      )
    );
  });
}

/** `<org>/<service>[/<workload>]` → `<org>/<service>`. */
function serviceOfNeed(need: string): string {
  return need.split('/').slice(0, 2).join('/');
}

/** A reason as a problem of the file, as the form and the change request show it; its line is yet to be found. */
export function attemptProblem(
  path: string,
  attempt: Extract<PlanAttempt, { reason: ReasonKey }>,
): Problem {
  return {
    file: path,
    path: formatPath(attempt.segments),
    segments: attempt.segments,
    code: 'reference',
    severity: 'error',
    message: attempt.message,
    ...(attempt.allowed ? { allowed: attempt.allowed } : {}),
    ...(attempt.hint ? { hint: attempt.hint } : {}),
  };
}
