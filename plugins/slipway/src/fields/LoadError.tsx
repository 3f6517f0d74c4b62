import { useTranslationRef } from '@backstage/frontend-plugin-api';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Notice, useMessageOf } from '../components';
import { SENTENCE } from '../theme';
import { slipwayTranslationRef } from '../translation';

/**
 * Says that the choices of an input could not be loaded. The input stays: what was typed or chosen is still there.
 *
 * @internal
 */
export function LoadError(props: {
  query: { error: unknown; refetch: () => unknown };
  what: string;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const messageOf = useMessageOf();

  const { query, what } = props;
  if (!query.error) {
    return null;
  }
  return (
    <Box sx={{ mb: 2 }}>
      <Notice
        tone="bad"
        icon={ErrorIcon}
        actions={
          <Button size="small" onClick={() => query.refetch()} sx={SENTENCE}>
            {t('form.tryAgain')}
          </Button>
        }
      >
        <strong>{t('form.loadFailed', { what })}</strong>{' '}
        {messageOf(query.error)}
      </Notice>
    </Box>
  );
}
