import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { Panel } from '../../components';
import { environmentRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';
import { boundIn } from './BindingNote';

/**
 * Where to follow a change that was merged: the environments whose road is walked now, and the webhook of what was bound.
 *
 * @internal
 */
export function Onward(props: {
  request: Pick<ApiChangeRequestDetails, 'plan' | 'files'>;
}) {
  const { plan, files } = props.request;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(environmentRouteRef);
  const links = usePageLinks();
  const bound = [
    ...new Set(
      files.flatMap(file =>
        file.status === 'removed' ? [] : (boundIn(file) ?? []),
      ),
    ),
  ];
  // What was removed has no page any more.
  const environments = plan.environments.filter(
    ({ verb }) => verb !== 'delete',
  );
  if (!route || environments.length + bound.length === 0) return null;
  return (
    <Panel title={t('changeRequestPage.onward')} padded>
      <Box
        component="ul"
        aria-label={t('changeRequestPage.onward')}
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'flex',
          flexWrap: 'wrap',
          gap: 2,
          fontSize: '0.875rem',
        }}
      >
        {environments.map(({ organization, service, environment }) => (
          <li key={`${organization}/${service}/${environment}`}>
            <Link
              component={RouterLink}
              to={route({ organization, service, environment })}
            >
              {service} / {environment}
            </Link>
          </li>
        ))}
        {bound.map(organization => (
          <li key={organization}>
            <Link component={RouterLink} to={links.organization(organization)}>
              {t('changeRequestPage.repositoriesOf', { organization })}
            </Link>
          </li>
        ))}
      </Box>
    </Panel>
  );
}
