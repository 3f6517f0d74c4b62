import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CheckIcon from '@mui/icons-material/Check';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import Box from '@mui/material/Box';
import type { ApiDrift } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { EmptyState } from '../State';

/** A line that says how it is, with its sign. @internal */
export const NoDriftLine = (props: {
  children: ReactNode;
  unknown?: boolean;
}) => {
  const Icon = props.unknown ? QuestionIcon : CheckIcon;
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1,
        px: 2,
        py: 1.25,
        fontSize: '0.875rem',
      }}
    >
      <Icon
        aria-hidden
        sx={{
          fontSize: 17,
          mt: '2px',
          color: theme => tone(theme, props.unknown ? 'off' : 'ok'),
        }}
      />
      <Box sx={{ minWidth: 0 }}>{props.children}</Box>
    </Box>
  );
};

/**
 * What stands around the list: when it was looked at, whether anything puts it back, and whether Argo CD agrees.
 *
 * @internal
 */
export function DriftFacts(props: { drift: ApiDrift }) {
  const { drift } = props;
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
      {t(drift.selfHeal ? 'drift.selfHeal' : 'drift.noSelfHeal')}{' '}
      {drift.argocd?.agrees &&
        t('drift.argocdAgrees', { sync: drift.argocd.sync })}
    </Box>
  );
}

/**
 * No drift is an answer, with its age; that it isn't known is another.
 *
 * @internal
 */
export function NoDrift(props: { drift: ApiDrift }) {
  const { state, checkedAt, message } = props.drift;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (state === 'unknown') {
    return (
      <EmptyState title={t('drift.unknown')}>
        {message ?? t('drift.unknownText')}
      </EmptyState>
    );
  }
  return (
    <NoDriftLine>
      <strong>{t('drift.none')}</strong>{' '}
      {checkedAt
        ? t('drift.noneText', {
            age: <RelativeTime at={checkedAt} form="ago" />,
          })
        : t('drift.noneYet')}
    </NoDriftLine>
  );
}
