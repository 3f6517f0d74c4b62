import ApprovalIcon from '@mui/icons-material/HowToReg';
import CommitIcon from '@mui/icons-material/Commit';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import DriftIcon from '@mui/icons-material/CompareArrows';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import ExpiryIcon from '@mui/icons-material/TimerOutlined';
import FoldedIcon from '@mui/icons-material/ChevronRight';
import HealthIcon from '@mui/icons-material/FavoriteBorder';
import MergeIcon from '@mui/icons-material/MergeType';
import OpenIcon from '@mui/icons-material/ExpandMore';
import PolicyIcon from '@mui/icons-material/Gavel';
import RequestIcon from '@mui/icons-material/Difference';
import SyncIcon from '@mui/icons-material/Sync';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Link from '@mui/material/Link';
import type { ApiTimelineEntry } from '@slipway/plugin-slipway-common';
import { useId, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { count, formatTook } from '../../format';
import { EntityName } from '../EntityName';
import { RelativeTime } from '../RelativeTime';
import { EmptyState } from '../State';
import { groupTimeline, type TimelineGroup } from './groups';

/** By what the type is about; the first that its name contains. */
const ICONS = [
  [/fail|error|denied/i, ErrorIcon],
  [/appro/i, ApprovalIcon],
  [/polic|valid/i, PolicyIcon],
  [/merge/i, MergeIcon],
  [/change|request|declare/i, RequestIcon],
  [/commit|render/i, CommitIcon],
  [/sync/i, SyncIcon],
  [/health|provision/i, HealthIcon],
  [/drift/i, DriftIcon],
  [/expir|ttl|delet/i, ExpiryIcon],
] as const;

const iconOf = ({ type, reason }: ApiTimelineEntry) =>
  ICONS.find(([pattern]) => pattern.test(`${type} ${reason ?? ''}`))?.[1] ??
  DotIcon;

/** The newest group is open: it is what a person came for. */
const OPEN_GROUPS = 2;

/**
 * What happened and who did it, newest first; what belongs to one change is one group that folds to a line.
 *
 * @internal
 */
export function Timeline(props: { entries: ApiTimelineEntry[] }) {
  const groups = groupTimeline(props.entries);
  if (groups.length === 0) {
    return (
      <EmptyState title="Nothing happened yet">
        The first reconcile writes the first row.
      </EmptyState>
    );
  }
  return (
    <Box
      component="ol"
      aria-label="Timeline"
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {groups.map((group, index) => (
        <Group key={group.id} group={group} defaultOpen={index < OPEN_GROUPS} />
      ))}
    </Box>
  );
}

function Group(props: { group: TimelineGroup; defaultOpen: boolean }) {
  const { group } = props;
  const [open, setOpen] = useState(props.defaultOpen);
  const id = useId();
  if (group.rows.length === 1) {
    return <Row entry={group.newest} top />;
  }
  const Icon = open ? OpenIcon : FoldedIcon;
  return (
    <Box component="li" sx={{ borderTop: 1, borderColor: 'divider' }}>
      <ButtonBase
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-controls={id}
        sx={{
          display: 'flex',
          width: '100%',
          gap: 1,
          px: 2,
          py: 0.75,
          fontSize: '0.875rem',
          lineHeight: 'inherit',
          textAlign: 'left',
          '&:focus-visible': { bgcolor: 'action.focus' },
        }}
      >
        <Icon aria-hidden sx={{ fontSize: 18 }} />
        <Box component="span" sx={{ flex: 1, fontWeight: 700 }}>
          {group.newest.title}{' '}
          <Box
            component="span"
            sx={{ color: 'text.secondary', fontWeight: 400 }}
          >
            – {count(group.rows.length, 'step')} in {formatTook(group.tookMs)}
          </Box>
        </Box>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <RelativeTime at={group.newest.at} />
        </Box>
      </ButtonBase>
      <Box
        component="ol"
        id={id}
        hidden={!open}
        sx={{ listStyle: 'none', m: 0, p: 0, pb: 0.5 }}
      >
        {group.rows.map(entry => (
          <Row key={entry.id} entry={entry} />
        ))}
      </Box>
    </Box>
  );
}

function Row(props: { entry: ApiTimelineEntry; top?: boolean }) {
  const { entry, top } = props;
  const Icon = iconOf(entry);
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        gap: 1,
        px: 2,
        py: 0.5,
        fontSize: '0.875rem',
        borderTop: top ? 1 : 0,
        borderColor: 'divider',
      }}
    >
      <Icon
        aria-hidden
        sx={{ fontSize: 18, mt: '1px', color: 'text.secondary' }}
      />
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {entry.link ? (
          <EntryLink to={entry.link}>{entry.title}</EntryLink>
        ) : (
          entry.title
        )}
        {entry.actor && (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {' · '}
            <EntityName entityRef={entry.actor} />
          </Box>
        )}
      </Box>
      <Box sx={{ color: 'text.secondary' }}>
        <RelativeTime at={entry.at} />
      </Box>
    </Box>
  );
}

/** Only addresses that a browser may follow: an entry's link is data, and data may say `javascript:`. */
function EntryLink(props: { to: string; children: string }) {
  const { to, children } = props;
  if (/^https?:\/\//.test(to)) {
    return (
      <Link href={to} target="_blank" rel="noopener">
        {children}
      </Link>
    );
  }
  if (/^\/(?!\/)/.test(to)) {
    return (
      <Link component={RouterLink} to={to}>
        {children}
      </Link>
    );
  }
  return <>{children}</>;
}
