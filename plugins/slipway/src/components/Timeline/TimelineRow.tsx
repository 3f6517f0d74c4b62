import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiTimelineEntry } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { TABULAR, tone } from '../../theme';
import { EntityName } from '../EntityName';
import { FRESH } from '../Live';
import { PersonMark } from '../PersonMark';
import { RelativeTime } from '../RelativeTime';
import { Tag } from '../Tag';
import { lookOf } from './icons';

/**
 * One thing that happened: its sign, what, who, when, and a link to the thing itself.
 *
 * @internal
 */
export function TimelineRow(props: {
  entry: ApiTimelineEntry;
  /** It stands alone, not in a group. */
  top?: boolean;
  /** It came while the page was open. */
  fresh?: boolean;
  /** Says in which environment it happened. */
  withPlace?: boolean;
  /** What can be done with what it is about. */
  actions?: ReactNode;
}) {
  const { entry, top, fresh, withPlace, actions } = props;
  const { icon: Icon, tone: name } = lookOf(entry);
  return (
    <Box
      component="li"
      data-fresh={fresh || undefined}
      sx={[
        {
          display: 'grid',
          gridTemplateColumns: '18px minmax(0, 1fr) auto',
          alignItems: 'start',
          columnGap: 1.5,
          px: 2,
          py: top ? 1 : 0.625,
          fontSize: '0.875rem',
          borderTop: top ? 1 : 0,
          borderColor: 'divider',
          '&:first-of-type': { borderTop: 0 },
          // Older pages may be long; what is out of sight costs no layout.
          contentVisibility: 'auto',
          containIntrinsicSize: 'auto 30px',
        },
        fresh === true && FRESH,
      ]}
    >
      <Icon
        aria-hidden
        sx={{ fontSize: 16, mt: '3px', color: theme => tone(theme, name) }}
      />
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 1,
          minWidth: 0,
          overflowWrap: 'anywhere',
        }}
      >
        <span>
          {entry.link ? (
            <EntryLink to={entry.link}>{entry.title}</EntryLink>
          ) : (
            entry.title
          )}
        </span>
        {withPlace && typeof entry.data?.environment === 'string' && (
          <Tag>{entry.data.environment}</Tag>
        )}
        <Message entry={entry} />
        {entry.actor && (
          <Box
            component="span"
            sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}
          >
            <PersonMark entityRef={entry.actor} />
            <EntityName entityRef={entry.actor} />
          </Box>
        )}
        {actions}
      </Box>
      <Box sx={{ color: 'text.secondary', ...TABULAR }}>
        <RelativeTime at={entry.at} />
      </Box>
    </Box>
  );
}

/** What its condition said, where the title doesn't say it already. */
function Message(props: { entry: ApiTimelineEntry }) {
  const { data, title } = props.entry;
  const message = data?.message;
  if (typeof message !== 'string' || !message || title.includes(message)) {
    return null;
  }
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {message}
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
