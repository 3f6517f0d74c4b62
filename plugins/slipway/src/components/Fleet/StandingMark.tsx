import DifferenceIcon from '@mui/icons-material/DifferenceOutlined';
import type { Standing } from '../../format';
import { tone, type Tone } from '../../theme';
import { StationMark } from '../Road/StationMark';

/** The colours of the road; drift is what somebody has to look at. @internal */
export const STANDING_TONES: Record<Standing, Tone> = {
  stopped: 'bad',
  waiting: 'wait',
  unknown: 'off',
  here: 'go',
  ahead: 'off',
  done: 'ok',
  drifted: 'wait',
};

/** The mark of a state. Decoration: whoever draws it says the word beside it. @internal */
export function StandingMark(props: { state: Standing; size?: number }) {
  const { state, size = 18 } = props;
  return state === 'drifted' ? (
    <DifferenceIcon
      aria-hidden
      sx={{ fontSize: size, color: theme => tone(theme, 'wait') }}
    />
  ) : (
    <StationMark state={state} size={size} />
  );
}
