import { createHash } from 'node:crypto';
import type { Release } from '@slipway/plugin-slipway-common';

/** What one workload of a release runs. */
export interface ReleasedWorkload {
  name: string;
  revision: string;
  digest?: string;
}

/** Workloads in the order of their names, as they are kept and compared. */
export function sortedWorkloads(
  workloads: Iterable<ReleasedWorkload>,
): ReleasedWorkload[] {
  return [...workloads]
    .map(({ name, revision, digest }) => ({
      name,
      revision,
      ...(digest !== undefined && { digest }),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The workloads of a release as `environment.yaml` keeps it. */
export function workloadsOf(release: Release): ReleasedWorkload[] {
  return sortedWorkloads(
    Object.entries(release.workloads).map(([name, what]) => ({
      name,
      ...what,
    })),
  );
}

/** A release of `environment.yaml` with these workloads in place of what it had of them. */
export function withWorkloads(
  release: Release,
  workloads: ReleasedWorkload[],
): Release {
  return {
    workloads: {
      ...release.workloads,
      ...Object.fromEntries(
        workloads.map(({ name, revision, digest }) => [
          name,
          { revision, ...(digest !== undefined && { digest }) },
        ]),
      ),
    },
  };
}

/**
 * The id of a release follows from what is in it: the same revisions are the same release, whoever names them, and a
 * database that was lost finds its releases again by what runs.
 */
export function releaseId(
  organization: string,
  service: string,
  workloads: ReleasedWorkload[],
): string {
  return createHash('sha256')
    .update(JSON.stringify([organization, service, sortedWorkloads(workloads)]))
    .digest('hex')
    .slice(0, 12);
}

/** Whether an environment with this release runs all of these workloads. */
export function runs(release: Release, workloads: ReleasedWorkload[]): boolean {
  return (
    workloads.length > 0 &&
    workloads.every(({ name, revision, digest }) => {
      const running = release.workloads[name];
      return (
        running !== undefined &&
        running.revision === revision &&
        (digest === undefined ||
          running.digest === undefined ||
          running.digest === digest)
      );
    })
  );
}

/** A revision as people read it. */
export function short(revision: string): string {
  return /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 7) : revision;
}
