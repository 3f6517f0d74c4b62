import { useTranslationRef } from '@backstage/frontend-plugin-api';
import SyncProblemIcon from '@mui/icons-material/SyncProblem';
import Button from '@mui/material/Button';
import type { ApiSourceAge } from '@slipway/plugin-slipway-common';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SENTENCE } from '../../theme';
import { RelativeTime } from '../RelativeTime';
import { slipwayTranslationRef } from '../../translation';
import { ErrorState, requestId, useMessageOf } from './ErrorStates';
import { Notice } from './Notice';
import { SaidAbove, useSaid } from './said';
import { SourceAges } from './SourceAges';

/** What a view needs of its query. @internal */
export type ViewQuery<T> = Pick<
  UseQueryResult<T>,
  'data' | 'error' | 'isPending' | 'dataUpdatedAt'
> & { refetch: () => unknown };

/**
 * The six states of every view: loading, empty, partial, stale, forbidden, error. Data that is there stays on the page
 * whatever happens afterwards; what changed about it is said above it – once, also where one view stands in another.
 *
 * @internal
 */
export function StateView<T>(props: {
  query: ViewQuery<T>;
  /** What is shown, as in "the environments". */
  what: string;
  /** In the shape of what comes. */
  skeleton: ReactNode;
  permission?: string;
  isEmpty?: (data: T) => boolean;
  /** Says what to do first. */
  empty?: ReactNode;
  sources?: (data: T) => ApiSourceAge[];
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const messageOf = useMessageOf();

  const {
    query,
    what,
    skeleton,
    permission = 'slipway.read',
    isEmpty,
    empty,
    sources,
    children,
  } = props;
  const { data, error, dataUpdatedAt } = query;
  const retry = () => {
    query.refetch();
  };
  const { isNew, newSources, said } = useSaid(
    error ? messageOf(error) : undefined,
    data !== undefined && sources ? sources(data) : [],
  );

  if (data === undefined) {
    return error ? (
      <ErrorState
        error={error}
        what={what}
        permission={permission}
        onRetry={retry}
      />
    ) : (
      <div
        role="status"
        aria-busy="true"
        aria-label={t('parts.loading', { what })}
      >
        {skeleton}
      </div>
    );
  }

  const id = requestId(error);
  return (
    <SaidAbove.Provider value={said}>
      {isNew && (
        <Notice
          tone="wait"
          icon={SyncProblemIcon}
          actions={
            <Button size="small" onClick={retry} sx={SENTENCE}>
              {t('parts.tryAgain')}
            </Button>
          }
        >
          <strong>
            {t('parts.notUpdated', {
              age: <RelativeTime at={dataUpdatedAt} />,
            })}
          </strong>{' '}
          {messageOf(error)}
          {id && ` ${t('parts.requestId', { id })}`}
        </Notice>
      )}
      <SourceAges sources={newSources} />
      {isEmpty?.(data) ? empty : children(data)}
    </SaidAbove.Provider>
  );
}
