import BlockIcon from '@mui/icons-material/Block';
import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import SkipIcon from '@mui/icons-material/SkipNext';
import type { ApiPipelineStep } from '@slipway/plugin-slipway-common';
import type { Tone } from '../../theme';

/** How each state of a run or step is drawn. @internal */
export const STATES: Record<
  ApiPipelineStep['state'],
  { icon: typeof CheckIcon; tone: Tone }
> = {
  queued: { icon: HourglassIcon, tone: 'off' },
  running: { icon: DotIcon, tone: 'go' },
  succeeded: { icon: CheckIcon, tone: 'ok' },
  failed: { icon: CloseIcon, tone: 'bad' },
  cancelled: { icon: BlockIcon, tone: 'off' },
  skipped: { icon: SkipIcon, tone: 'off' },
  unknown: { icon: QuestionIcon, tone: 'off' },
};

/** A state that a newer backend may have made up is one that we don't know. @internal */
export const lookOf = (state: string) =>
  (STATES as Partial<Record<string, (typeof STATES)['unknown']>>)[state] ??
  STATES.unknown;
