import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type {
  ApiReleasePlace,
  StationState,
} from '@slipway/plugin-slipway-common';
import { StationMark } from '../../components/Road/StationMark';
import { slipwayTranslationRef } from '../../translation';

/** The marks of the road: what is on its way looks the same everywhere. */
const MARKS: Record<ApiReleasePlace['state'], StationState> = {
  running: 'done',
  'rolling-out': 'here',
  unhealthy: 'stopped',
  waiting: 'waiting',
  unknown: 'unknown',
};

/**
 * How a release is in an environment: the mark and the word.
 *
 * @internal
 */
export function PlaceWord(props: { state: ApiReleasePlace['state'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}
    >
      <StationMark state={MARKS[props.state]} size={16} />
      {t(`releases.state.${props.state}`)}
    </Box>
  );
}
