import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import DriftIcon from '@mui/icons-material/DifferenceOutlined';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiEnvironment } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { environmentRouteRef } from '../routes';
import { tone } from '../theme';
import { slipwayTranslationRef } from '../translation';

/**
 * That an environment drifted, and how far, with the way to the list. Draws nothing where it didn't.
 *
 * @internal
 */
export function DriftMark(props: { environment: ApiEnvironment }) {
  const { organization, service, name, drift } = props.environment;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(environmentRouteRef);
  if (drift?.state !== 'drifted') {
    return null;
  }
  const words = (
    <>
      <DriftIcon
        aria-hidden
        sx={{ fontSize: '1.1em', verticalAlign: '-0.2em' }}
      />{' '}
      {t('road.drifted', { count: drift.fields })}
    </>
  );
  return (
    <Box sx={{ fontSize: '0.8125rem', color: theme => tone(theme, 'wait') }}>
      {route ? (
        <Link
          component={RouterLink}
          color="inherit"
          underline="always"
          to={`${route({ organization, service, environment: name })}?tab=drift`}
        >
          {words}
        </Link>
      ) : (
        words
      )}
    </Box>
  );
}
