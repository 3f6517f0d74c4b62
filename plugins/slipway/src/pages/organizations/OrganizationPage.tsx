import {
  BreadcrumbEntry,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiOrganizationDetails } from '@slipway/plugin-slipway-common';
import { Link as RouterLink, useLocation, useParams } from 'react-router-dom';
import { useOrganization } from '../../api';
import {
  EmptyState,
  EnvironmentRow,
  PageSkeleton,
  Panel,
  ProblemList,
  StateBar,
  StateView,
  Timeline,
} from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { ChangeRequestRow } from '../changeRequests/ChangeRequestRow';
import { usePageLinks } from '../links';
import { PageBody } from '../PageBody';
import { Bindings } from './Bindings';
import { OrganizationHeader } from './OrganizationHeader';
import { Services } from './Services';
import { Templates } from './Templates';

const LIST = { listStyle: 'none', m: 0, p: 0 } as const;

/**
 * One organization: what it runs and costs, what is proposed, what happened, and what can be done.
 *
 * @internal
 */
export function OrganizationPage() {
  const { organization = '' } = useParams();
  const { pathname } = useLocation();
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useOrganization(organization);
  return (
    <BreadcrumbEntry
      entry={{ label: query.data?.displayName ?? organization, href: pathname }}
    >
      <PageBody>
        <StateView
          query={query}
          what={t('organizationPage.what', { name: organization })}
          skeleton={<PageSkeleton />}
          sources={({ environments }) =>
            environments.map(({ source }) => source)
          }
        >
          {details => <Details organization={details} />}
        </StateView>
      </PageBody>
    </BreadcrumbEntry>
  );
}

function Details(props: { organization: ApiOrganizationDetails }) {
  const { organization } = props;
  const { name, problems, timeline, environments, environmentTotal } =
    organization;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const links = usePageLinks();
  return (
    <>
      <OrganizationHeader organization={organization} />
      {problems.length > 0 && (
        <Panel
          title={t('organizationPage.problems', { count: problems.length })}
          padded
        >
          <ProblemList problems={problems} />
        </Panel>
      )}
      <Templates organization={organization} />
      <Panel title={t('organizationPage.services')}>
        <Services organization={organization} />
      </Panel>
      {/* Without services there is nothing that could have environments. */}
      {(environmentTotal > 0 || organization.services.length > 0) && (
        <Panel
          title={t('organizationPage.environments')}
          aside={
            environmentTotal > environments.length
              ? t('fleet.shownOf', {
                  shown: `${environments.length}`,
                  number: `${environmentTotal}`,
                })
              : environmentTotal
          }
          actions={
            <>
              {environments.length > 0 && (
                <Link
                  component={RouterLink}
                  to={links.promotions(name)}
                  variant="body2"
                >
                  {t('promotions.link')}
                </Link>
              )}
              <Link
                component={RouterLink}
                to={links.environments({ organization: name })}
                variant="body2"
              >
                {t('organizationPage.all')}
              </Link>
            </>
          }
        >
          {environments.length === 0 ? (
            <EmptyState title={t('organizationPage.noEnvironments')}>
              {t('organizationPage.noEnvironmentsText')}
            </EmptyState>
          ) : (
            <>
              <Box
                sx={{ px: 2, py: 1.5, borderBottom: 1, borderColor: 'divider' }}
              >
                <StateBar
                  states={organization.states}
                  linkOf={state =>
                    links.environments({ organization: name, state })
                  }
                />
              </Box>
              <Box
                component="ul"
                aria-label={t('organizationPage.environments')}
                sx={LIST}
              >
                {environments.map(environment => (
                  <EnvironmentRow
                    key={`${environment.service}/${environment.name}`}
                    environment={environment}
                    withService
                  />
                ))}
              </Box>
            </>
          )}
        </Panel>
      )}
      <Bindings organization={name} />
      <Panel
        title={t('organizationPage.changeRequests')}
        aside={organization.changeRequests.length || undefined}
      >
        {organization.changeRequests.length === 0 ? (
          <EmptyState title={t('organizationPage.noChanges')}>
            {t('organizationPage.noChangesText')}
          </EmptyState>
        ) : (
          <Box
            component="ul"
            aria-label={t('organizationPage.changeRequests')}
            sx={LIST}
          >
            {organization.changeRequests.map(request => (
              <ChangeRequestRow key={request.id} request={request} />
            ))}
          </Box>
        )}
      </Panel>
      <Panel title={t('organizationPage.timeline')}>
        <Timeline entries={timeline} />
      </Panel>
    </>
  );
}
