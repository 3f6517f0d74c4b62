import ApprovalIcon from '@mui/icons-material/HowToReg';
import CheckIcon from '@mui/icons-material/Check';
import CommitIcon from '@mui/icons-material/Commit';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import DriftIcon from '@mui/icons-material/CompareArrows';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import ExpiryIcon from '@mui/icons-material/TimerOutlined';
import HealthIcon from '@mui/icons-material/FavoriteBorder';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import MergeIcon from '@mui/icons-material/MergeType';
import BackIcon from '@mui/icons-material/Undo';
import ReleaseIcon from '@mui/icons-material/LocalOfferOutlined';
import PolicyIcon from '@mui/icons-material/Gavel';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import RequestIcon from '@mui/icons-material/Difference';
import StopIcon from '@mui/icons-material/Close';
import SyncIcon from '@mui/icons-material/Sync';
import {
  REASONS,
  type ApiTimelineEntry,
  type Reason,
  type StationState,
} from '@slipway/plugin-slipway-common';
import type { Tone } from '../../theme';

/** A row of the timeline at a glance. @internal */
export interface EntryLook {
  icon: typeof CheckIcon;
  tone: Tone;
}

/** By what the type is about; the first that its name contains. */
const BY_TYPE = [
  [/drift/i, { icon: DriftIcon, tone: 'wait' }],
  [/release\.rolled/i, { icon: BackIcon, tone: 'off' }],
  [/release|revision\.reported/i, { icon: ReleaseIcon, tone: 'off' }],
  [/fail|error|denied/i, { icon: ErrorIcon, tone: 'bad' }],
  [/appro/i, { icon: ApprovalIcon, tone: 'off' }],
  [/polic|valid/i, { icon: PolicyIcon, tone: 'off' }],
  [/merge/i, { icon: MergeIcon, tone: 'off' }],
  [/change|request|declare/i, { icon: RequestIcon, tone: 'off' }],
  [/commit|render/i, { icon: CommitIcon, tone: 'off' }],
  [/sync/i, { icon: SyncIcon, tone: 'off' }],
  [/health|provision/i, { icon: HealthIcon, tone: 'off' }],
  [/expir|ttl|delet|remov/i, { icon: ExpiryIcon, tone: 'off' }],
] as const;

const BY_STATE: Record<StationState, EntryLook> = {
  done: { icon: CheckIcon, tone: 'ok' },
  here: { icon: DotIcon, tone: 'go' },
  waiting: { icon: HourglassIcon, tone: 'wait' },
  stopped: { icon: StopIcon, tone: 'bad' },
  unknown: { icon: QuestionIcon, tone: 'off' },
  ahead: { icon: DotIcon, tone: 'off' },
};

/** What the table of reasons says about a row, where it is a station's. @internal */
export const reasonOf = ({ reason }: ApiTimelineEntry): Reason | undefined =>
  reason === undefined
    ? undefined
    : (REASONS as Partial<Record<string, Reason>>)[reason];

/** A station's row wears the station's sign, everything else the sign of what it is about. @internal */
export function lookOf(entry: ApiTimelineEntry): EntryLook {
  if (/drift/i.test(entry.type)) {
    const over = reasonOf(entry)?.state === 'done';
    return { icon: DriftIcon, tone: over ? 'ok' : 'wait' };
  }
  const reason = reasonOf(entry);
  if (reason) {
    return BY_STATE[reason.state];
  }
  return (
    BY_TYPE.find(([pattern]) =>
      pattern.test(`${entry.type} ${entry.reason ?? ''}`),
    )?.[1] ?? { icon: DotIcon, tone: 'off' }
  );
}
