import { useTranslationRef } from '@backstage/frontend-plugin-api';
import FoldedIcon from '@mui/icons-material/ChevronRight';
import OpenIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { useId, useState, type ReactNode } from 'react';
import { formatTook } from '../../format';
import { SENTENCE, TABULAR, tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Flash } from '../Live';
import { RelativeTime } from '../RelativeTime';
import type { TimelineGroup } from './groups';
import { lookOf, reasonOf } from './icons';
import { TimelineRow } from './TimelineRow';

const SHORT = 7;

/** A revision that went back and forth a lot shows its newest few; a handful more is no reason to hide them. */
const MANY = 14;
const FEW = 10;

/**
 * What belongs to one revision or change request: one line that says how it came out and how long it took, and its
 * rows below it.
 *
 * @internal
 */
export function TimelineGroupItem(props: {
  group: TimelineGroup;
  defaultOpen: boolean;
  isFresh: (id: string) => boolean;
  withPlaces?: boolean;
  actions?: ReactNode;
}) {
  const { group, isFresh, withPlaces, actions } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [open, setOpen] = useState(props.defaultOpen);
  const [all, setAll] = useState(false);
  const rows =
    all || group.rows.length <= MANY ? group.rows : group.rows.slice(0, FEW);
  const id = useId();
  const Fold = open ? OpenIcon : FoldedIcon;
  const { icon: Icon, tone: name } = lookOf(group.newest);
  return (
    <Box
      component="li"
      sx={{
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      <ButtonBase
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-controls={id}
        sx={{
          width: '100%',
          font: 'inherit',
          fontSize: '0.875rem',
          textAlign: 'left',
          '&:hover': { bgcolor: 'action.hover' },
          '&:focus-visible': { bgcolor: 'action.focus' },
        }}
      >
        <Flash
          of={group.rows.length}
          component="span"
          sx={{
            display: 'grid',
            gridTemplateColumns: '18px minmax(0, 1fr) auto 18px',
            alignItems: 'center',
            columnGap: 1.5,
            width: '100%',
            px: 2,
            py: 0.875,
          }}
        >
          <Icon
            aria-hidden
            sx={{ fontSize: 18, color: theme => tone(theme, name) }}
          />
          <Box
            component="span"
            sx={{
              minWidth: 0,
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            <strong>
              {group.revision
                ? t('timeline.revision', {
                    revision: group.revision
                      .replace('sha256:', '')
                      .slice(0, SHORT),
                  })
                : group.newest.title}
            </strong>{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {group.revision &&
                `– ${reasonOf(group.newest)?.title ?? group.newest.title} `}
              ·{' '}
              {t('timeline.steps', {
                count: group.rows.length,
                took: formatTook(group.tookMs),
              })}
            </Box>
          </Box>
          <Box component="span" sx={{ color: 'text.secondary', ...TABULAR }}>
            <RelativeTime at={group.newest.at} />
          </Box>
          <Fold aria-hidden sx={{ fontSize: 18, color: 'text.secondary' }} />
        </Flash>
      </ButtonBase>
      <Box
        component="ol"
        id={id}
        hidden={!open}
        sx={{ listStyle: 'none', m: 0, p: 0, pb: 0.75 }}
      >
        {actions && (
          <Box
            component="li"
            sx={{ px: 2, pl: 5.75, py: 0.25, fontSize: '0.875rem' }}
          >
            {actions}
          </Box>
        )}
        {rows.map(entry => (
          <TimelineRow
            key={entry.id}
            entry={entry}
            fresh={isFresh(entry.id)}
            withPlace={withPlaces}
          />
        ))}
        {rows.length < group.rows.length && (
          <Box component="li" sx={{ px: 2, pl: 5.5 }}>
            <Button size="small" onClick={() => setAll(true)} sx={SENTENCE}>
              {t('timeline.rest', { count: group.rows.length - rows.length })}
            </Button>
          </Box>
        )}
      </Box>
    </Box>
  );
}
