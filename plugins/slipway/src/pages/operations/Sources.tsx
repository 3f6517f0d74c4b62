import { useTranslationRef } from '@backstage/frontend-plugin-api';
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
import { MONO, tone, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const STATES: Record<
  ApiSource['state'],
  { icon: typeof CheckIcon; tone: Tone }
> = {
  ok: { icon: CheckIcon, tone: 'ok' },
  unreadable: { icon: CloudOffIcon, tone: 'bad' },
  held: { icon: PauseIcon, tone: 'wait' },
  unknown: { icon: QuestionIcon, tone: 'off' },
};

/**
 * The repositories that Slipway reads and writes. A deletion of many specs at once waits here for somebody's word.
 *
 * @internal
 */
export function Sources(props: { sources: ApiSource[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (props.sources.length === 0) {
    return (
      <EmptyState title={t('sources.none')}>{t('sources.noneText')}</EmptyState>
    );
  }
  return (
    <Box
      component="ul"
      aria-label={t('sources.label')}
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
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { icon: Icon, tone: name } = STATES[source.state];
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
          {t(`sources.state.${source.state}`)}
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
            {t('sources.readAt')} <RelativeTime at={source.readAt} form="ago" />
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
  const { t } = useTranslationRef(slipwayTranslationRef);
  const number = { count: held.length };
  return (
    <Box sx={{ mt: 1 }}>
      {t('sources.held', number)}
      <Box
        component="ul"
        sx={{
          m: 0,
          mb: 1,
          pl: 2.5,
          fontFamily: MONO,
          fontSize: '0.78rem',
          overflowWrap: 'anywhere',
        }}
      >
        {held.map(path => (
          <li key={path}>{path}</li>
        ))}
      </Box>
      <ActionButton
        variant="outlined"
        color="error"
        busy={confirm.isPending}
        reason={commit ? undefined : t('sources.noCommit')}
        onClick={() => setAsking(true)}
      >
        {t('sources.ask', number)}
      </ActionButton>
      <ActionError error={confirm.error} />
      <ConfirmDialog
        open={asking}
        danger
        title={t('sources.title', number)}
        confirm={t('sources.confirm', number)}
        typed={id}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          if (commit) {
            confirm.mutate({ id, commit });
          }
        }}
      >
        {t('sources.confirmHelp')}
      </ConfirmDialog>
    </Box>
  );
}
