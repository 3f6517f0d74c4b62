import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import Box from '@mui/material/Box';
import type { StationState } from '@slipway/plugin-slipway-common';
import { tint, tone } from '../../theme';
import { STATION_TONES } from './looks';

const ICONS = {
  done: CheckIcon,
  here: DotIcon,
  waiting: HourglassIcon,
  stopped: CloseIcon,
  ahead: undefined,
  unknown: QuestionIcon,
} as const;

/**
 * The circle of a station. Decoration: whoever draws it says the word beside it.
 *
 * @internal
 */
export function StationMark(props: { state: StationState; size: number }) {
  const { state, size } = props;
  const Icon = ICONS[state];
  const look = STATION_TONES[state];
  const loud = state === 'here' || state === 'waiting' || state === 'stopped';
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        width: size,
        height: size,
        flex: 'none',
        display: 'grid',
        placeItems: 'center',
        borderRadius: '50%',
        boxSizing: 'border-box',
        color: theme => tone(theme, look),
        // Opaque under the tint, so that the line behind the circle doesn't show through.
        bgcolor: 'background.paper',
        backgroundImage: theme =>
          state === 'ahead'
            ? 'none'
            : `linear-gradient(${tint(theme, look)}, ${tint(theme, look)})`,
        border: loud || state === 'unknown' ? 2 : 1.5,
        borderStyle: state === 'unknown' ? 'dashed' : 'solid',
        borderColor: theme => {
          if (state === 'ahead') {
            return theme.palette.divider;
          }
          return state === 'done' ? 'transparent' : tone(theme, look);
        },
      }}
    >
      {Icon && <Icon sx={{ fontSize: size * 0.62 }} />}
    </Box>
  );
}
