import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ApiObjectDetails } from '@slipway/plugin-slipway-common';
import { useEffect, useState } from 'react';
import { MONO, SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

const SHOWN_MS = 2_000;

/**
 * The object as the cluster has it, or as Git wants it where the cluster has none.
 *
 * @internal
 */
export function YamlText(props: { object: ApiObjectDetails }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const text = props.object.live ?? props.object.wanted ?? '';
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Box sx={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex' }}>
      <Button
        size="small"
        variant="outlined"
        onClick={async () => {
          await navigator.clipboard.writeText(text);
          setCopied(true);
        }}
        sx={{
          ...SENTENCE,
          position: 'absolute',
          top: 8,
          right: 20,
          bgcolor: 'background.paper',
          '&:hover': { bgcolor: 'background.paper' },
        }}
      >
        {copied ? t('object.copied') : t('object.copy')}
      </Button>
      <Box
        component="pre"
        role="region"
        aria-label={t('object.yaml')}
        tabIndex={0}
        sx={{
          flex: 1,
          m: 0,
          px: 2,
          py: 1.5,
          overflow: 'auto',
          fontFamily: MONO,
          fontSize: '0.75rem',
          lineHeight: 1.6,
        }}
      >
        {text}
      </Box>
    </Box>
  );
}
