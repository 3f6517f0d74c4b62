export { EmptyState } from './EmptyState';
export { ErrorState, requestId, useMessageOf } from './ErrorStates';
export { LiveMark, LiveNotice } from './LiveNotice';
export { Notice } from './Notice';
export { PageSkeleton, RowsSkeleton } from './Skeletons';
export { NOTHING_SAID, SaidAbove } from './said';
export { AsOf, SourceAges } from './SourceAges';
export { StateView, type ViewQuery } from './StateView';
