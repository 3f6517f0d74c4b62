import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ApiTimelineEntry } from '@slipway/plugin-slipway-common';
import { useState, type ReactNode } from 'react';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { EmptyState } from '../State';
import { groupTimeline, type TimelineGroup } from './groups';
import { TimelineGroupItem } from './TimelineGroupItem';
import { TimelineRow } from './TimelineRow';

/** The newest group is open: it is what a person came for. */
const OPEN_GROUPS = 2;

/** The way to what happened before the rows that are there. @internal */
export interface OlderEntries {
  more: boolean;
  busy: boolean;
  load: () => void;
}

/**
 * What happened and who did it, newest first; what belongs to one change is one group that folds to a line.
 *
 * @internal
 */
export function Timeline(props: {
  entries: ApiTimelineEntry[];
  older?: OlderEntries;
  /** The rows are of several environments: each says of which. */
  withPlaces?: boolean;
  /** What can be done with what a group is about. */
  actionsOf?: (group: TimelineGroup) => ReactNode;
}) {
  const { entries, older, withPlaces, actionsOf } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  // What is newer than the page lights up when it comes; older pages don't.
  const [newestAtOpening] = useState(() =>
    entries.reduce((newest, { at }) => (at > newest ? at : newest), ''),
  );
  const times = new Map(entries.map(({ id, at }) => [id, at]));
  const isFresh = (id: string) => (times.get(id) ?? '') > newestAtOpening;
  const groups = groupTimeline(entries);
  if (groups.length === 0) {
    return (
      <EmptyState title={t('timeline.emptyTitle')}>
        {t('timeline.emptyText')}
      </EmptyState>
    );
  }
  return (
    <>
      <Box
        component="ol"
        aria-label={t('timeline.label')}
        sx={{ listStyle: 'none', m: 0, p: 0 }}
      >
        {groups.map((group, index) =>
          group.rows.length === 1 ? (
            <TimelineRow
              key={group.id}
              entry={group.newest}
              fresh={isFresh(group.newest.id)}
              withPlace={withPlaces}
              actions={actionsOf?.(group)}
              top
            />
          ) : (
            <TimelineGroupItem
              key={group.id}
              group={group}
              defaultOpen={index < OPEN_GROUPS}
              isFresh={isFresh}
              withPlaces={withPlaces}
              actions={actionsOf?.(group)}
            />
          ),
        )}
      </Box>
      {older && <Older {...older} />}
    </>
  );
}

function Older(props: OlderEntries) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      sx={{
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.secondary',
        fontSize: '0.8125rem',
      }}
    >
      {props.more ? (
        <Button
          size="small"
          onClick={props.load}
          aria-busy={props.busy || undefined}
          sx={SENTENCE}
        >
          {props.busy ? t('timeline.loading') : t('timeline.older')}
        </Button>
      ) : (
        t('timeline.start')
      )}
    </Box>
  );
}
