import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import type { ApiReleaseDetails } from '@slipway/plugin-slipway-common';
import { useLocation, useParams } from 'react-router-dom';
import { useRelease, useReleases } from '../../api';
import {
  EmptyState,
  PageSkeleton,
  Panel,
  RowsSkeleton,
  StateView,
  Timeline,
} from '../../components';
import { shortSha } from '../../components/Sha';
import { slipwayTranslationRef } from '../../translation';
import { PageBody } from '../PageBody';
import { Places } from './Places';
import { ReleaseHeader } from './ReleaseHeader';
import { ReleaseList } from './ReleaseList';
import { Workloads } from './Workloads';

/**
 * One release: what it is made of, who brought it and when, where it runs now, and where it can go.
 *
 * @internal
 */
export function ReleasePage() {
  const { organization = '', service = '', id = '' } = useParams();
  const { pathname } = useLocation();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useRelease({ organization, service, id });
  const label = t('releases.release', {
    revision: shortSha(query.data?.release.revision ?? id),
  });
  return (
    <BreadcrumbEntry entry={{ label, href: pathname }}>
      <PageBody>
        <StateView
          query={query}
          what={t('releases.what', { id })}
          skeleton={<PageSkeleton />}
        >
          {details => <Details details={details} />}
        </StateView>
      </PageBody>
    </BreadcrumbEntry>
  );
}

function Details(props: { details: ApiReleaseDetails }) {
  const { details } = props;
  const { organization, service, release, timeline } = details;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const name = `${organization}/${service}`;
  const others = useReleases(details);
  return (
    <>
      <ReleaseHeader details={details} />
      <Panel
        title={t('releases.whereTitle')}
        aside={release.where.length || undefined}
      >
        <Places details={details} releases={others.data?.items} />
      </Panel>
      <Panel title={t('releases.whatTitle')}>
        <Workloads workloads={release.workloads} />
      </Panel>
      <Panel title={t('releases.timeline')}>
        <Timeline entries={timeline} withPlaces />
      </Panel>
      <Panel title={t('releases.others', { service: name })}>
        <StateView
          query={others}
          what={t('releases.othersWhat', { service: name })}
          skeleton={<RowsSkeleton rows={3} />}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <EmptyState title={t('releases.noOthers')}>
              {t('releases.noOthersText')}
            </EmptyState>
          }
        >
          {({ items }) => (
            <ReleaseList
              service={details}
              releases={items}
              current={release.id}
            />
          )}
        </StateView>
      </Panel>
    </>
  );
}
