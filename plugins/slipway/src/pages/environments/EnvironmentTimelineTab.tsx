import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { useOlderEvents, useReleases, type EnvironmentKey } from '../../api';
import { Timeline } from '../../components';
import { ActionError } from '../../components/Actions';
import {
  isAfter,
  ReleaseActions,
  releaseIn,
  releaseOf,
  type ReleaseWish,
} from '../../components/Releases';
import type { TimelineGroup } from '../../components/Timeline';

/** Fewer than the backend sends at once: then there is nothing before them. */
const FIRST_PAGE = 200;

/**
 * What happened, newest first; what is older than the page comes when it is asked for.
 *
 * @internal
 */
export function EnvironmentTimelineTab(props: {
  environment: EnvironmentKey;
  details: ApiEnvironmentDetails;
  onRelease: (wish: ReleaseWish) => void;
}) {
  const { environment, details, onRelease } = props;
  const { timeline } = details;
  const actionsOf = useReleaseActions(environment, details, onRelease);
  // Where the first page ended when older rows were asked for. What comes on top later moves its end, not theirs.
  const [before, setBefore] = useState<string>();
  const older = useOlderEvents(environment, {
    before,
    enabled: before !== undefined,
  });
  const known = new Set(timeline.map(({ id }) => id));
  const pages = older.data?.pages.flatMap(({ items }) => items) ?? [];
  const last = timeline[timeline.length - 1];
  const entries = [...timeline, ...pages.filter(({ id }) => !known.has(id))];
  const more =
    before === undefined ? timeline.length >= FIRST_PAGE : older.hasNextPage;
  const load = () => {
    if (before === undefined) {
      setBefore(last.id);
    } else {
      void older.fetchNextPage();
    }
  };
  return (
    <>
      <Timeline
        entries={entries}
        actionsOf={actionsOf}
        older={
          timeline.length >= FIRST_PAGE || before !== undefined
            ? {
                more: more || older.isError,
                busy: older.isFetching,
                load: older.isError ? () => void older.refetch() : load,
              }
            : undefined
        }
      />
      <ActionError error={older.error} />
    </>
  );
}

/** The release of a group, and the way to it. The timeline stands without, where the releases can't be told. */
function useReleaseActions(
  environment: EnvironmentKey,
  details: ApiEnvironmentDetails,
  onRelease: (wish: ReleaseWish) => void,
) {
  const { data } = useReleases(environment);
  const releases = data?.items ?? [];
  const current = releaseIn(releases, details.name);
  return (group: TimelineGroup) => {
    const release = releaseOf(releases, group);
    return (
      release && (
        <ReleaseActions
          service={environment}
          release={release}
          here={release.id === current?.id}
          forward={isAfter(releases, release, current)}
          onMove={
            details.allowed.rollback.allowed
              ? () => onRelease({ verb: 'rollback', to: release.id })
              : undefined
          }
        />
      )
    );
  };
}
