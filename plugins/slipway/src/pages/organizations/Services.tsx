import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiOrganizationDetails } from '@slipway/plugin-slipway-common';
import {
  EmptyState,
  EntityName,
  Figures,
  StateCounts,
  Tag,
  Toned,
} from '../../components';
import { money } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';

/**
 * The services of an organization, with where their environments stand.
 *
 * @internal
 */
export function Services(props: { organization: ApiOrganizationDetails }) {
  const { name: organization, services } = props.organization;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { environments } = usePageLinks();
  if (services.length === 0) {
    return (
      <EmptyState title={t('organizationPage.noServices')}>
        {t('organizationPage.noServicesText')}
      </EmptyState>
    );
  }
  return (
    <Figures
      label={t('organizationPage.services')}
      rows={services}
      keyOf={({ name }) => name}
      columns={[
        {
          title: t('organizationPage.columns.service'),
          cell: ({ entityRef, description, lifecycle, problems }) => (
            <>
              <EntityName entityRef={entityRef} kind="component" />{' '}
              <Tag>{lifecycle}</Tag>{' '}
              {problems > 0 && (
                <Toned tone="bad">
                  {t('organizationPage.errors', { count: problems })}
                </Toned>
              )}
              {description && (
                <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
                  {description}
                </Box>
              )}
            </>
          ),
        },
        {
          title: t('organizationPage.columns.owner'),
          cell: ({ owner }) =>
            owner ? <EntityName entityRef={owner} kind="group" /> : '–',
        },
        {
          title: t('organizationPage.columns.states'),
          cell: ({ name, states }) =>
            states.length === 0 ? (
              t('organizationPage.noneYet')
            ) : (
              <StateCounts
                states={states}
                linkOf={state =>
                  environments({
                    organization,
                    filter: `${organization}/${name}/`,
                    state,
                  })
                }
              />
            ),
        },
        {
          title: t('organizationPage.columns.cost'),
          figure: true,
          cell: ({ cents, currency }) => money(cents, currency),
        },
      ]}
    />
  );
}
