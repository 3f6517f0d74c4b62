import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import PauseIcon from '@mui/icons-material/Pause';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import type { ApiLiveObject } from '@slipway/plugin-slipway-common';
import type { Tone } from '../../theme';

/** How each health is drawn. @internal */
export const HEALTH: Record<
  ApiLiveObject['health'],
  { icon: typeof CheckIcon; tone: Tone }
> = {
  Healthy: { icon: CheckIcon, tone: 'ok' },
  Progressing: { icon: DotIcon, tone: 'go' },
  Degraded: { icon: CloseIcon, tone: 'bad' },
  Missing: { icon: CloseIcon, tone: 'bad' },
  Suspended: { icon: PauseIcon, tone: 'wait' },
  Unknown: { icon: QuestionIcon, tone: 'off' },
};
