import type {
  ApiEnvironment,
  ApiRelease,
  ApiTimelineEntry,
} from '@slipway/plugin-slipway-common';

/** The release that an environment runs, or is on its way to in Git. @internal */
export const releaseIn = (
  releases: ApiRelease[] | undefined,
  environment: string,
): ApiRelease | undefined =>
  releases?.find(({ where }) =>
    where.some(
      place => place.environment === environment && place.state !== 'waiting',
    ),
  );

/** The newest revision that any workload runs: what a person calls "the version". @internal */
export const revisionOf = ({ release }: ApiEnvironment): string | undefined =>
  Object.values(release)[0]?.revision;

/**
 * The release that rows of a timeline are about: the one that a row names, else the one of the revision that joins them.
 *
 * @internal
 */
export function releaseOf(
  releases: ApiRelease[],
  group: { revision?: string; rows: ApiTimelineEntry[] },
): ApiRelease | undefined {
  const named = group.rows
    .map(({ data }) => data?.release)
    .find(id => typeof id === 'string');
  if (named !== undefined) {
    return releases.find(({ id }) => id === named);
  }
  const { revision } = group;
  return revision === undefined
    ? undefined
    : releases.find(({ workloads }) =>
        workloads.some(one => one.revision.startsWith(revision)),
      );
}

/** Whether a release is one that came after another. The list stands newest first. @internal */
export const isAfter = (
  releases: ApiRelease[],
  release: ApiRelease,
  other: ApiRelease | undefined,
): boolean => {
  const at = releases.findIndex(({ id }) => id === release.id);
  const otherAt = releases.findIndex(({ id }) => id === other?.id);
  return at >= 0 && otherAt >= 0 && at < otherAt;
};
