import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { MONO } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { shortText, valueText } from './values';

/**
 * A field's value on one side. That there is none is said, as an empty cell could be an empty text.
 *
 * @internal
 */
export function Value(props: { value: unknown }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const text = valueText(props.value);
  if (text === undefined) {
    return (
      <Box component="em" sx={{ color: 'text.secondary' }}>
        {t('drift.nothing')}
      </Box>
    );
  }
  return (
    <Box
      component="span"
      title={text}
      sx={{
        fontFamily: MONO,
        fontSize: '0.8125rem',
        overflowWrap: 'anywhere',
      }}
    >
      {shortText(text) || '""'}
    </Box>
  );
}
