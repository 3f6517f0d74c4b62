import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { slipwayTranslationRef } from '../translation';

/**
 * A small word in a pill: class, kind, sandbox.
 *
 * @internal
 */
export function Tag(props: { children: ReactNode; title?: string }) {
  return (
    <Box
      component="span"
      title={props.title}
      sx={{
        display: 'inline-block',
        fontSize: '0.6875rem',
        lineHeight: 1.5,
        px: 0.75,
        border: 1,
        borderColor: 'divider',
        borderRadius: '10px',
        color: 'text.secondary',
        whiteSpace: 'nowrap',
      }}
    >
      {props.children}
    </Box>
  );
}

/**
 * Says that a stand-in answered, wherever a person could take it for the real thing.
 *
 * @internal
 */
export const SandboxTag = () => {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return <Tag title={t('parts.sandboxHelp')}>{t('parts.sandbox')}</Tag>;
};
