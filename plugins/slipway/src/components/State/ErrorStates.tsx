import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import LockIcon from '@mui/icons-material/LockOutlined';
import SearchOffIcon from '@mui/icons-material/SearchOff';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { SlipwayApiError } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { MONO, SENTENCE, tone, type Tone } from '../../theme';
import { ProblemList } from '../ProblemList';
import { slipwayTranslationRef } from '../../translation';

/** The id to quote, where the backend gave one. @internal */
export const requestId = (error: unknown): string | undefined =>
  error instanceof SlipwayApiError ? error.details.instance : undefined;

/** Tells what happened, in the backend's words where it had any. @internal */
export function useMessageOf(): (error: unknown) => string {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return error => {
    if (error instanceof SlipwayApiError) {
      return error.message;
    }
    return error instanceof Error
      ? t('parts.notReached', { message: error.message })
      : t('parts.wentWrong');
  };
}

const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof SlipwayApiError && error.status === status;

const Code = (props: { children: string }) => (
  <Box component="code" sx={{ fontFamily: MONO }}>
    {props.children}
  </Box>
);

/** A whole view that has nothing to show but a reason. @internal */
export function FullState(props: {
  icon: typeof ErrorIcon;
  tone: Tone;
  title: string;
  urgent?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { icon: Icon, tone: name, title, urgent, children, actions } = props;
  return (
    <Box
      role={urgent ? 'alert' : undefined}
      sx={{ px: 3, py: 4, textAlign: 'center' }}
    >
      <Icon
        aria-hidden
        sx={{ fontSize: 36, color: theme => tone(theme, name) }}
      />
      <Typography component="p" sx={{ fontWeight: 700, mt: 1 }}>
        {title}
      </Typography>
      <Box
        sx={{
          color: 'text.secondary',
          fontSize: '0.875rem',
          maxWidth: '44rem',
          mx: 'auto',
          overflowWrap: 'anywhere',
        }}
      >
        {children}
      </Box>
      {actions && (
        <Box sx={{ mt: 2, display: 'flex', gap: 1, justifyContent: 'center' }}>
          {actions}
        </Box>
      )}
    </Box>
  );
}

/**
 * Why a view could not be loaded at all: forbidden (who can grant it), not found, or failed (retry, and an id).
 *
 * @internal
 */
export function ErrorState(props: {
  error: unknown;
  /** What could not be loaded, as in "the environments". */
  what: string;
  /** The permission that it takes. */
  permission: string;
  onRetry: () => void;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const messageOf = useMessageOf();

  const { error, what, permission, onRetry } = props;
  const retry = (
    <Button size="small" variant="outlined" onClick={onRetry} sx={SENTENCE}>
      {t('parts.tryAgain')}
    </Button>
  );
  if (hasStatus(error, 403) || hasStatus(error, 401)) {
    return (
      <FullState
        icon={LockIcon}
        tone="off"
        title={t('parts.forbidden', { what })}
        actions={retry}
      >
        <p>{messageOf(error)}</p>
        <p>
          {t('parts.forbiddenHelp', {
            permission: <Code>{permission}</Code>,
          })}
        </p>
      </FullState>
    );
  }
  if (hasStatus(error, 404)) {
    return (
      <FullState
        icon={SearchOffIcon}
        tone="off"
        title={t('parts.notFound', { what })}
        actions={retry}
      >
        <p>{messageOf(error)}</p>
      </FullState>
    );
  }
  const id = requestId(error);
  return (
    <FullState
      icon={ErrorIcon}
      tone="bad"
      title={t('parts.failed', { what })}
      urgent
      actions={retry}
    >
      <p>{messageOf(error)}</p>
      {error instanceof SlipwayApiError && error.problems.length > 0 && (
        <Box sx={{ textAlign: 'left' }}>
          <ProblemList problems={error.problems} />
        </Box>
      )}
      {id && <p>{t('parts.quoteId', { id: <Code>{id}</Code> })}</p>}
    </FullState>
  );
}
