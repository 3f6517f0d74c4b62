import {
  useApiHolder,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiOrganizationDetails } from '@slipway/plugin-slipway-common';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router-dom';
import { EmptyState, Panel, RowsSkeleton, StateView } from '../../components';
import { templateRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';

/** Templates are registered rarely; a visit to the page is often enough to look. */
const FRESH_MS = 5 * 60_000;

/** What the templates of Slipway are tagged with. */
const TAG = 'slipway';

/**
 * The templates, already filled in with the organization.
 *
 * @internal
 */
export function Templates(props: { organization: ApiOrganizationDetails }) {
  const { organization } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const catalog = useApiHolder().get(catalogApiRef);
  const route = useRouteRef(templateRouteRef);
  const query = useQuery({
    queryKey: ['templates'],
    queryFn: async () =>
      (
        await catalog!.getEntities({
          filter: { kind: 'Template', 'metadata.tags': TAG },
          fields: [
            'metadata.name',
            'metadata.namespace',
            'metadata.title',
            'metadata.description',
          ],
        })
      ).items,
    enabled: Boolean(catalog && route),
    staleTime: FRESH_MS,
  });
  // A portal without a scaffolder has nothing to lead to.
  if (!catalog || !route) {
    return null;
  }
  if (!organization.mayCreate) {
    return (
      <Panel title={t('organizationPage.templates')} padded>
        <Box sx={{ fontSize: '0.875rem' }}>
          {t('organizationPage.mayNotCreate', { owner: organization.owner })}
        </Box>
      </Panel>
    );
  }
  const filled = new URLSearchParams({
    formData: JSON.stringify({ organization: organization.name }),
  });
  return (
    <Panel title={t('organizationPage.templates')}>
      <StateView
        query={query}
        what={t('organizationPage.templates')}
        permission="catalog.entity.read"
        skeleton={<RowsSkeleton rows={2} />}
        isEmpty={items => items.length === 0}
        empty={
          <EmptyState title={t('organizationPage.noTemplates')}>
            {t('organizationPage.noTemplatesText')}
          </EmptyState>
        }
      >
        {items => (
          <Box
            component="ul"
            aria-label={t('organizationPage.templates')}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' },
              columnGap: 3,
              rowGap: 1.25,
              listStyle: 'none',
              m: 0,
              px: 2,
              py: 1.5,
              fontSize: '0.875rem',
            }}
          >
            {items.map(({ metadata }) => (
              <li key={`${metadata.namespace}/${metadata.name}`}>
                <Link
                  component={RouterLink}
                  to={`${route({
                    namespace: metadata.namespace ?? 'default',
                    templateName: metadata.name,
                  })}?${filled}`}
                  sx={{ fontWeight: 600 }}
                >
                  {metadata.title ?? metadata.name}
                </Link>
                {metadata.description && (
                  <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
                    {metadata.description}
                  </Box>
                )}
              </li>
            ))}
          </Box>
        )}
      </StateView>
    </Panel>
  );
}
