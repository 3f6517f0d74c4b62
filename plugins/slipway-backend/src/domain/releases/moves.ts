import {
  type ApiPromotion,
  resolveEnvironment,
  type Release,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { type ReleasedWorkload, runs, short, workloadsOf } from './release';

/** Why a move can't be made now. */
export type Blocked = NonNullable<ApiPromotion['blocked']>;

/** What of a release an environment can take: workloads that it has, and whose revision the spec leaves open. */
export function takes(
  spec: ServiceSpec,
  environment: string,
  release: ReleasedWorkload[],
): { workloads: ReleasedWorkload[]; pinned: string[] } {
  const resolved = resolveEnvironment(spec, environment)?.workloads ?? [];
  const open = new Set(
    resolved
      .filter(({ image }) => image.revision === undefined)
      .map(({ name }) => name),
  );
  const declared = new Set(resolved.map(({ name }) => name));
  return {
    workloads: release.filter(({ name }) => open.has(name)),
    pinned: release
      .filter(({ name }) => declared.has(name) && !open.has(name))
      .map(({ name }) => name),
  };
}

/** A source as it stands: what it runs, and whether that is well. */
export interface PromotionSource {
  environment: string;
  release: Release;
  /** Conditions of the environment by type. */
  conditions: Array<{ type: string; status: string; message: string }>;
}

/** Everything that a promotion is judged by. */
export interface PromotionFacts {
  spec: ServiceSpec;
  environment: string;
  /** Absent when it is named and has not come into being. */
  source: PromotionSource | undefined;
  target: Release;
  /** The place of a revision among those of its workload; undefined where nobody has told of it. */
  orderOf(workload: ReleasedWorkload): Date | undefined;
}

/** What would be promoted, and why not. */
export function judgePromotion(facts: PromotionFacts): {
  from?: string;
  workloads: ReleasedWorkload[];
  blocked?: Blocked;
} {
  const { spec, environment, source, target, orderOf } = facts;
  const from = spec.spec.environments.find(
    ({ name }) => name === environment,
  )?.promoteFrom;
  const no = (
    reason: Blocked['reason'],
    message: string,
    workloads: ReleasedWorkload[] = [],
  ) => ({ ...(from && { from }), workloads, blocked: { reason, message } });
  if (from === undefined) {
    return no(
      'NoSource',
      `The spec doesn't say where ${environment} gets its releases from. Set promoteFrom of the environment.`,
    );
  }
  if (!source) {
    return no(
      'NoSource',
      `${environment} gets its releases from ${from}, which isn't there yet.`,
    );
  }
  const { workloads, pinned } = takes(
    spec,
    environment,
    workloadsOf(source.release),
  );
  if (workloads.length === 0 && pinned.length > 0) {
    return no(
      'Pinned',
      `The spec pins image.revision of ${pinned.join(', ')}; take it out, and the release counts.`,
    );
  }
  if (workloads.length === 0)
    return no('NothingToPromote', `Nothing was released to ${from} yet.`);
  if (runs(target, workloads)) {
    return no(
      'SameRelease',
      `${environment} runs ${revisionsOf(workloads)} already, as ${from} does.`,
      workloads,
    );
  }
  const newer = workloads.find(workload => {
    const running = target.workloads[workload.name];
    if (!running || running.revision === workload.revision) return false;
    const theirs = orderOf({ name: workload.name, ...running });
    const ours = orderOf(workload);
    return theirs !== undefined && ours !== undefined && theirs > ours;
  });
  if (newer) {
    return no(
      'TargetIsNewer',
      `${environment} runs ${short(target.workloads[newer.name].revision)} of ${newer.name}, which is newer than ${short(newer.revision)} in ${from}. To go back to that one, roll back.`,
      workloads,
    );
  }
  for (const type of ['Synced', 'Healthy']) {
    const condition = source.conditions.find(one => one.type === type);
    if (condition?.status !== 'True') {
      return no(
        type === 'Synced' ? 'SourceOnItsWay' : 'SourceNotHealthy',
        `${from} isn't ${type === 'Synced' ? 'in sync with Git' : 'healthy'}${condition?.message ? `: ${condition.message}` : '.'}`,
        workloads,
      );
    }
  }
  return { from, workloads };
}

/** What an environment would go back (or forward) to, and why not. */
export function judgeRollback(facts: {
  spec: ServiceSpec;
  environment: string;
  release: ReleasedWorkload[];
  target: Release;
}): { workloads: ReleasedWorkload[]; blocked?: Blocked } {
  const { spec, environment, release, target } = facts;
  const { workloads, pinned } = takes(spec, environment, release);
  if (workloads.length === 0) {
    return {
      workloads,
      blocked:
        pinned.length > 0
          ? {
              reason: 'Pinned',
              message: `The spec pins image.revision of ${pinned.join(', ')}; take it out, and the release counts.`,
            }
          : {
              reason: 'UnknownRelease',
              message: `${environment} has none of the workloads of this release any more.`,
            },
    };
  }
  return runs(target, workloads)
    ? {
        workloads,
        blocked: {
          reason: 'SameRelease',
          message: `${environment} runs ${revisionsOf(workloads)} already.`,
        },
      }
    : { workloads };
}

/** What somebody should know before they let an environment run other revisions of these workloads. */
export function warningsOf(
  spec: ServiceSpec,
  workloads: ReleasedWorkload[],
  target: Release,
): string[] {
  return spec.spec.workloads
    .filter(({ name, migrations }) => {
      const next = workloads.find(one => one.name === name);
      const running = target.workloads[name];
      return (
        migrations && next && running && running.revision !== next.revision
      );
    })
    .map(
      ({ name }) =>
        `${name} migrates its database when it starts. The schema stays as ${short(target.workloads[name].revision)} left it: make sure that ${short(workloads.find(one => one.name === name)!.revision)} works with it, or put the data back first.`,
    );
}

function revisionsOf(workloads: ReleasedWorkload[]): string {
  return [...new Set(workloads.map(({ revision }) => short(revision)))].join(
    ', ',
  );
}
