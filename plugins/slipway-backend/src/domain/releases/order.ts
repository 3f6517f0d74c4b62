import type { ReleaseRecord } from '../../ports/ReleaseStore';
import type { ReleasedWorkload } from './release';

/** The place of a revision among those of its workload; undefined where nobody has told of it. */
export function orderOf(
  known: ReleaseRecord[],
  workload: ReleasedWorkload,
): Date | undefined {
  return earliest(known, workload, ({ orderedAt }) => orderedAt);
}

/** When a revision of a workload was told of first, alone or with others; a second image of it is no news. */
export function toldOf(
  known: ReleaseRecord[],
  workload: ReleasedWorkload,
): Date | undefined {
  return earliest(known, workload, ({ at }) => at);
}

function earliest(
  known: ReleaseRecord[],
  workload: ReleasedWorkload,
  of: (release: ReleaseRecord) => Date,
): Date | undefined {
  const times = known
    .filter(({ workloads }) =>
      workloads.some(
        ({ name, revision }) =>
          name === workload.name && revision === workload.revision,
      ),
    )
    .map(release => of(release).getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
