export { ActionButton, ActionError } from './Actions';
export { Becomes } from './Becomes';
export { ConfirmDialog } from './ConfirmDialog';
export { DiffLines, FileDiffView } from './Diff';
export { EntityName } from './EntityName';
export { EnvironmentRow } from './EnvironmentRow';
export {
  STANDING_TONES,
  StandingMark,
  StateBar,
  StateCounts,
  totalOf,
} from './Fleet';
export { Figures, type FiguresColumn } from './Figures';
export { Fold } from './Fold';
export { Panel } from './Panel';
export { BuildGates, EnvironmentPlanView, PlanView } from './Plan';
export { ProblemList, type ApiProblem } from './ProblemList';
export { useReasonWords } from './reasonWords';
export { RelativeTime } from './RelativeTime';
export { CompactRoad, CompactSentence, Road, RoadSentence } from './Road';
export { Sha } from './Sha';
export { Sign, SIGN_TONES, type SignName } from './Sign';
export {
  AsOf,
  EmptyState,
  ErrorState,
  LiveMark,
  LiveNotice,
  Notice,
  PageSkeleton,
  RowsSkeleton,
  SourceAges,
  StateView,
  useMessageOf,
} from './State';
export { SandboxTag, Tag } from './Tag';
export { Timeline } from './Timeline';
export { Toned } from './Toned';
