import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import WarnIcon from '@mui/icons-material/PriorityHigh';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import type { Tone } from '../theme';

const ICONS = {
  ok: CheckIcon,
  bad: CloseIcon,
  late: HourglassIcon,
  warn: WarnIcon,
  unknown: QuestionIcon,
} as const;

/** @internal */
export type SignName = keyof typeof ICONS;

/** The colour that goes with each sign. @internal */
export const SIGN_TONES: Record<SignName, Tone> = {
  ok: 'ok',
  bad: 'bad',
  late: 'wait',
  warn: 'wait',
  unknown: 'off',
};

/**
 * A sign as high as the words that it stands among, in their colour. Drawn and no letter, so that no font can lack it.
 *
 * @internal
 */
export function Sign(props: {
  of: SignName;
  /** Where no word stands beside it. */
  label?: string;
}) {
  const Icon = ICONS[props.of];
  return (
    <Icon
      titleAccess={props.label}
      sx={{ fontSize: '1.15em', verticalAlign: '-0.2em' }}
    />
  );
}
