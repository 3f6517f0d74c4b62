import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Checkbox from '@mui/material/Checkbox';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { ApiQueueItem } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useQueue, useReplay } from '../../api';
import {
  ActionButton,
  ActionError,
  EmptyState,
  RelativeTime,
  RowsSkeleton,
  StateView,
} from '../../components';
import { environmentRouteRef } from '../../routes';
import { SCROLLED_TABLE, HIDDEN, MONO, TABULAR } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { useUrlFilter } from '../useUrlFilter';

const STATES = ['dead', 'due', 'leased', 'waiting'] as const;

type QueueState = (typeof STATES)[number];

const stateOf = (value: string): QueueState =>
  STATES.find(state => state === value) ?? 'dead';

/**
 * The keys of the queue; dead letters can be put back.
 *
 * @internal
 */
export function QueueItems() {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [value, setState] = useUrlFilter('queue', 'dead');
  const state = stateOf(value);
  const query = useQueue(state);
  const replay = useReplay();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const dead = state === 'dead';
  // A key that has left the list in the meantime is no longer chosen.
  const keys = (query.data?.items ?? [])
    .map(({ key }) => key)
    .filter(key => chosen.has(key));

  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) {
      next.add(key);
    }
    setChosen(next);
  };

  return (
    <Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          px: 2,
          pb: 1,
          alignItems: 'center',
        }}
      >
        <ToggleButtonGroup
          exclusive
          size="small"
          value={state}
          onChange={(_event, next: string | null) => next && setState(next)}
          aria-label={t('queue.which')}
        >
          {STATES.map(name => (
            <ToggleButton key={name} value={name}>
              {t(`operationsPage.figures.${name}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {dead && (
          <ActionButton
            variant="outlined"
            busy={replay.isPending}
            reason={keys.length === 0 ? t('queue.choose') : undefined}
            title={t('queue.replayHelp')}
            onClick={() =>
              replay.mutate(keys, { onSuccess: () => setChosen(new Set()) })
            }
          >
            {t('queue.replay', { count: keys.length })}
          </ActionButton>
        )}
      </Box>
      <ActionError error={replay.error} />
      <StateView
        query={query}
        what={t('queue.what')}
        permission="slipway.operations.read"
        skeleton={<RowsSkeleton rows={3} height={28} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState title={dead ? t('queue.noDead') : t('queue.nothing')}>
            {dead ? t('queue.noDeadText') : t('queue.nothingText')}
          </EmptyState>
        }
      >
        {({ items }) => (
          <QueueTable
            items={items}
            chosen={dead ? chosen : undefined}
            onToggle={toggle}
          />
        )}
      </StateView>
    </Box>
  );
}

function QueueTable(props: {
  items: ApiQueueItem[];
  /** Absent where nothing can be chosen. */
  chosen?: ReadonlySet<string>;
  onToggle: (key: string) => void;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { items, chosen, onToggle } = props;
  return (
    <TableContainer tabIndex={0}>
      <Table size="small" aria-label={t('queue.label')} sx={SCROLLED_TABLE}>
        <TableHead>
          <TableRow>
            {chosen && (
              <TableCell padding="checkbox">
                <Box component="span" sx={HIDDEN}>
                  {t('queue.replayColumn')}
                </Box>
              </TableCell>
            )}
            <TableCell>{t('queue.key')}</TableCell>
            <TableCell align="right">{t('queue.attempts')}</TableCell>
            <TableCell>{t('queue.lastError')}</TableCell>
            <TableCell align="right">
              {chosen ? t('queue.deadFor') : t('queue.due')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow key={item.key}>
              {chosen && (
                <TableCell padding="checkbox">
                  <Checkbox
                    size="small"
                    checked={chosen.has(item.key)}
                    onChange={() => onToggle(item.key)}
                    inputProps={{
                      'aria-label': t('queue.replayKey', { key: item.key }),
                    }}
                  />
                </TableCell>
              )}
              <TableCell sx={{ fontFamily: MONO, fontSize: '0.8125rem' }}>
                <KeyLink value={item.key} />
              </TableCell>
              <TableCell align="right" sx={TABULAR}>
                {item.attempts}
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                {item.lastError ?? '–'}
              </TableCell>
              <TableCell align="right">
                <RelativeTime at={item.deadSince ?? item.dueAt} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** Keys of environments lead to their pages. */
const ENVIRONMENT = /^environment:([^/]+)\/([^/]+)\/([^/]+)$/;

function KeyLink(props: { value: string }) {
  const route = useRouteRef(environmentRouteRef);
  const [, organization, service, environment] =
    ENVIRONMENT.exec(props.value) ?? [];
  return route && environment ? (
    <Link
      component={RouterLink}
      to={route({ organization, service, environment })}
      underline="hover"
    >
      {props.value}
    </Link>
  ) : (
    <>{props.value}</>
  );
}
