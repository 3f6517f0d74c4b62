import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import Box from '@mui/material/Box';
import Button, { type ButtonProps } from '@mui/material/Button';
import { SlipwayApiError } from '@slipway/plugin-slipway-common';
import { useId } from 'react';
import { SENTENCE } from '../theme';
import { slipwayTranslationRef } from '../translation';
import { ProblemList } from './ProblemList';
import { Notice, requestId, useMessageOf } from './State';

/**
 * A button that says why it can't be pressed. It stays reachable by keyboard, because a reason that only a mouse finds
 * is none.
 *
 * @internal
 */
export function ActionButton(
  props: Omit<ButtonProps, 'disabled'> & {
    /** Why not; absent when it is allowed. */
    reason?: string;
    busy?: boolean;
  },
) {
  const { reason, busy, onClick, children, ...rest } = props;
  const id = useId();
  const off = reason !== undefined || busy;
  return (
    <Box
      sx={{
        display: 'inline-flex',
        flexDirection: 'column',
        maxWidth: '18rem',
        '@media print': { display: 'none' },
      }}
    >
      <Button
        size="small"
        {...rest}
        aria-disabled={off || undefined}
        aria-describedby={reason ? id : undefined}
        aria-busy={busy || undefined}
        onClick={off ? undefined : onClick}
        sx={{
          alignSelf: 'flex-start',
          whiteSpace: 'nowrap',
          ...SENTENCE,
          ...(off && { opacity: 0.55, cursor: 'not-allowed' }),
        }}
      >
        {children}
      </Button>
      {reason && (
        <Box
          id={id}
          sx={{
            mt: 0.5,
            color: 'text.secondary',
            fontSize: '0.75rem',
            overflowWrap: 'anywhere',
          }}
        >
          {reason}
        </Box>
      )}
    </Box>
  );
}

/**
 * What went wrong with something that a person just asked for.
 *
 * @internal
 */
export function ActionError(props: { error: unknown }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const messageOf = useMessageOf();

  const { error } = props;
  if (!error) {
    return null;
  }
  const id = requestId(error);
  return (
    <Notice tone="bad" icon={ErrorIcon} urgent>
      {messageOf(error)}
      {id && ` ${t('parts.requestId', { id })}`}
      {error instanceof SlipwayApiError && error.problems.length > 0 && (
        <ProblemList problems={error.problems} />
      )}
    </Notice>
  );
}
