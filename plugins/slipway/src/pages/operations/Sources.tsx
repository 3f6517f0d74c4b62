import CheckIcon from '@mui/icons-material/Check';
import CloudOffIcon from '@mui/icons-material/CloudOff';
import PauseIcon from '@mui/icons-material/PauseCircleOutline';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import Box from '@mui/material/Box';
import type { ApiSource } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import { useConfirmDeletion } from '../../api';
import {
  ActionButton,
  ActionError,
  ConfirmDialog,
  EmptyState,
  RelativeTime,
  Sha,
  Tag,
} from '../../components';
import { count } from '../../format';
import { MONO, tone, type Tone } from '../../theme';

const STATES: Record<
  ApiSource['state'],
  { icon: typeof CheckIcon; tone: Tone; word: string }
> = {
  ok: { icon: CheckIcon, tone: 'ok', word: 'Read' },
  unreadable: { icon: CloudOffIcon, tone: 'bad', word: 'Unreadable' },
  held: { icon: PauseIcon, tone: 'wait', word: 'Deletion held' },
  unknown: { icon: QuestionIcon, tone: 'off', word: 'Not read yet' },
};

/**
 * The repositories that Slipway reads and writes. A deletion of many specs at once waits here for somebody's word.
 *
 * @internal
 */
export function Sources(props: { sources: ApiSource[] }) {
  if (props.sources.length === 0) {
    return (
      <EmptyState title="No sources configured">
        Name a platform repository in the configuration, under
        slipway.platform.repositories.
      </EmptyState>
    );
  }
  return (
    <Box
      component="ul"
      aria-label="Sources"
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {props.sources.map(source => (
        <SourceItem key={source.id} source={source} />
      ))}
    </Box>
  );
}

function SourceItem(props: { source: ApiSource }) {
  const { source } = props;
  const { icon: Icon, tone: name, word } = STATES[source.state];
  return (
    <Box
      component="li"
      sx={{
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        fontSize: '0.875rem',
      }}
    >
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <Icon
          aria-hidden
          sx={{ fontSize: 18, color: theme => tone(theme, name) }}
        />
        <Box
          component="span"
          sx={{ color: theme => tone(theme, name), fontWeight: 700 }}
        >
          {word}
        </Box>
        <strong>{source.id}</strong>
        <Tag>{source.role}</Tag>
        <Box
          component="span"
          sx={{
            fontFamily: MONO,
            fontSize: '0.78rem',
            overflowWrap: 'anywhere',
          }}
        >
          {source.url} · {source.branch}
        </Box>
        {source.commit && <Sha value={source.commit} />}
        {source.readAt && (
          <Box component="span" sx={{ ml: 'auto', color: 'text.secondary' }}>
            read <RelativeTime at={source.readAt} form="ago" />
          </Box>
        )}
      </Box>
      {source.message && (
        <Box sx={{ color: 'text.secondary' }}>{source.message}</Box>
      )}
      {Boolean(source.held?.length) && <HeldDeletion source={source} />}
    </Box>
  );
}

function HeldDeletion(props: { source: ApiSource }) {
  const { id, held = [], commit } = props.source;
  const [asking, setAsking] = useState(false);
  const confirm = useConfirmDeletion();
  const specs = count(held.length, 'spec');
  return (
    <Box sx={{ mt: 1 }}>
      {held.length === 1 ? '1 spec vanished' : `${held.length} specs vanished`}{' '}
      at once. Nothing is deleted until somebody confirms it, or the files are
      back:
      <Box
        component="ul"
        sx={{ m: 0, mb: 1, pl: 2.5, fontFamily: MONO, fontSize: '0.78rem' }}
      >
        {held.map(path => (
          <li key={path}>{path}</li>
        ))}
      </Box>
      <ActionButton
        variant="outlined"
        color="error"
        busy={confirm.isPending}
        reason={
          commit ? undefined : 'The commit that removed them is not known yet.'
        }
        onClick={() => setAsking(true)}
      >
        Delete {specs}…
      </ActionButton>
      <ActionError error={confirm.error} />
      <ConfirmDialog
        open={asking}
        danger
        title={`Delete ${specs}?`}
        confirm={`Delete ${specs}`}
        typed={id}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          if (commit) {
            confirm.mutate({ id, commit });
          }
        }}
      >
        Their environments are torn down in order; databases stay where the
        class keeps them. Putting the files back in Git afterwards makes new
        environments, without what was in the old ones.
      </ConfirmDialog>
    </Box>
  );
}
