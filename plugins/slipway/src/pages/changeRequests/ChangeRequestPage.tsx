import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import WarningIcon from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { useLocation, useParams } from 'react-router-dom';
import { useChangeRequest } from '../../api';
import {
  FileDiffView,
  Notice,
  PageSkeleton,
  Panel,
  PlanView,
  StateView,
  Toned,
} from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { PageBody } from '../PageBody';
import { BindingNote } from './BindingNote';
import { ChangeRequestActions } from './ChangeRequestActions';
import { ChangeRequestHeader } from './ChangeRequestHeader';
import { Conversation } from './Conversation';
import { Onward } from './Onward';
import { PullRequestPanel } from './PullRequestPanel';
import { SkeletonState } from './SkeletonState';

/**
 * One change request: what it would do, its files, what was said, and what the reader may do with it.
 *
 * @internal
 */
export function ChangeRequestPage() {
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useChangeRequest(id);
  return (
    <BreadcrumbEntry
      entry={{
        label: query.data ? `#${query.data.number}` : id,
        href: pathname,
      }}
    >
      <PageBody>
        <StateView
          query={query}
          what={t('changeRequestPage.what', { id })}
          skeleton={<PageSkeleton />}
        >
          {request => <Details key={request.id} request={request} />}
        </StateView>
      </PageBody>
    </BreadcrumbEntry>
  );
}

function Details(props: { request: ApiChangeRequestDetails }) {
  const { request } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <>
      <ChangeRequestHeader request={request} />
      {request.conflicts.length > 0 && <Conflicts request={request} />}
      <ChangeRequestActions request={request} />
      {request.state === 'merged' && <Onward request={request} />}
      {request.pullRequest && (
        <PullRequestPanel pullRequest={request.pullRequest} />
      )}
      <Panel
        title={t('changeRequestPage.plan')}
        aside={<PlannedAgainst request={request} />}
      >
        <PlanView plan={request.plan} files={false} />
      </Panel>
      <Panel
        title={t('changeRequestPage.files')}
        aside={t('changeRequestsPage.files', { count: request.files.length })}
      >
        {request.files.map(file => (
          <FileDiffView
            key={file.path}
            path={file.path}
            status={file.status}
            patch={file.patch}
            note={
              request.conflicts.includes(file.path) ? (
                <Toned tone="bad">
                  {t('changeRequestPage.conflictsWithBase')}
                </Toned>
              ) : (
                <BindingNote file={file} />
              )
            }
          />
        ))}
        {request.skeleton && <SkeletonState skeleton={request.skeleton} />}
      </Panel>
      <Panel title={t('changeRequestPage.conversation')} padded>
        <Conversation request={request} />
      </Panel>
    </>
  );
}

function PlannedAgainst(props: { request: ApiChangeRequestDetails }) {
  const { base } = props.request.plan;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return base ? (
    <>{t('changeRequestPage.plannedAgainst', { commit: base.slice(0, 7) })}</>
  ) : null;
}

function Conflicts(props: { request: ApiChangeRequestDetails }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { conflicts } = props.request;
  return (
    <Notice tone="bad" icon={WarningIcon}>
      <strong>
        {t('changeRequestPage.conflicts', { count: conflicts.length })}
      </strong>{' '}
      {t('changeRequestPage.conflictsHelp')}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {conflicts.map(path => (
          <li key={path}>{path}</li>
        ))}
      </Box>
    </Notice>
  );
}
