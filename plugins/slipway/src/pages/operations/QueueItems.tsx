import Box from '@mui/material/Box';
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
import { useQueue, useReplay } from '../../api';
import {
  ActionButton,
  ActionError,
  EmptyState,
  RelativeTime,
  RowsSkeleton,
  StateView,
} from '../../components';
import { count } from '../../format';
import { HIDDEN, MONO, TABULAR } from '../../theme';
import { useUrlFilter } from '../useUrlFilter';

const STATES = [
  ['dead', 'Dead letters'],
  ['due', 'Due'],
  ['leased', 'Running'],
  ['waiting', 'Waiting'],
] as const;

type QueueState = (typeof STATES)[number][0];

const stateOf = (value: string): QueueState =>
  STATES.find(([state]) => state === value)?.[0] ?? 'dead';

/**
 * The keys of the queue; dead letters can be put back.
 *
 * @internal
 */
export function QueueItems() {
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
          aria-label="Which keys"
        >
          {STATES.map(([name, text]) => (
            <ToggleButton key={name} value={name}>
              {text}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {dead && (
          <ActionButton
            variant="outlined"
            busy={replay.isPending}
            reason={keys.length === 0 ? 'Choose what to replay.' : undefined}
            onClick={() =>
              replay.mutate(keys, { onSuccess: () => setChosen(new Set()) })
            }
          >
            Replay {count(keys.length, 'key')}
          </ActionButton>
        )}
      </Box>
      <ActionError error={replay.error} />
      <StateView
        query={query}
        what="the queue"
        permission="slipway.operations.read"
        skeleton={<RowsSkeleton rows={3} height={28} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyState title={dead ? 'No dead letters' : 'Nothing here'}>
            {dead && 'What fails too often to be tried again lands here.'}
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
  const { items, chosen, onToggle } = props;
  return (
    <TableContainer>
      <Table size="small" aria-label="Queue">
        <TableHead>
          <TableRow>
            {chosen && (
              <TableCell padding="checkbox">
                <Box component="span" sx={HIDDEN}>
                  Replay
                </Box>
              </TableCell>
            )}
            <TableCell>Key</TableCell>
            <TableCell align="right">Attempts</TableCell>
            <TableCell>Last error</TableCell>
            <TableCell align="right">{chosen ? 'Dead for' : 'Due'}</TableCell>
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
                    inputProps={{ 'aria-label': `Replay ${item.key}` }}
                  />
                </TableCell>
              )}
              <TableCell sx={{ fontFamily: MONO, fontSize: '0.8125rem' }}>
                {item.key}
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
