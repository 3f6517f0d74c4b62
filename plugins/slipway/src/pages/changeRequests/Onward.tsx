import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiPlan } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { Panel } from '../../components';
import { environmentRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';

/**
 * The environments of a change that was merged: where its road is walked now.
 *
 * @internal
 */
export function Onward(props: { plan: ApiPlan }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(environmentRouteRef);
  // What was removed has no page any more.
  const environments = props.plan.environments.filter(
    ({ verb }) => verb !== 'delete',
  );
  if (!route || environments.length === 0) return null;
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
      </Box>
    </Panel>
  );
}
