export { EmptyState } from './EmptyState';
export { ErrorState, messageOf, requestId } from './ErrorStates';
export { LiveMark, LiveNotice } from './LiveNotice';
export { Notice } from './Notice';
export { PageSkeleton, RowsSkeleton } from './Skeletons';
export { AsOf, SourceAges } from './SourceAges';
export { StateView, type ViewQuery } from './StateView';
