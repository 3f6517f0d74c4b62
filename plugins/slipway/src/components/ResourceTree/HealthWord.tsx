import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiLiveObject } from '@slipway/plugin-slipway-common';
import { tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { HEALTH } from './health';

/**
 * A health, by sign, word and colour.
 *
 * @internal
 */
export function HealthWord(props: { health: ApiLiveObject['health'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { icon: Icon, tone: name } = HEALTH[props.health] ?? HEALTH.Unknown;
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        gap: 0.5,
        alignItems: 'baseline',
        whiteSpace: 'nowrap',
        color: theme => tone(theme, name),
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 15, alignSelf: 'center' }} />
      {t(`resources.state.${props.health}`)}
    </Box>
  );
}
