import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { useOlderEvents, type EnvironmentKey } from '../../api';
import { Timeline } from '../../components';
import { ActionError } from '../../components/Actions';

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
}) {
  const { environment, details } = props;
  const { timeline } = details;
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
