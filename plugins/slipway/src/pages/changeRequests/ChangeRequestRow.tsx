import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ApiChangeRequest } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { EntityName, RelativeTime } from '../../components';
import { changeRequestRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { StateTag } from './StateTag';

/** A change request in a list. @internal */
export function ChangeRequestRow(props: { request: ApiChangeRequest }) {
  const { request } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(changeRequestRouteRef);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: '90px minmax(0, 1fr) auto' },
        columnGap: 1.5,
        rowGap: 0.25,
        alignItems: 'baseline',
        px: 2,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 56px',
      }}
    >
      <span>
        <StateTag state={request.state} />
      </span>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Link
          component={RouterLink}
          to={route?.({ id: request.id }) ?? request.id}
          sx={{ fontWeight: 700 }}
        >
          {request.title}
        </Link>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          #{request.number} · <EntityName entityRef={request.author} /> ·{' '}
          {t('changeRequestsPage.files', { count: request.paths.length })} ·{' '}
          {t('changeRequestsPage.approvals', { count: request.approvals })}
        </Box>
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        <RelativeTime at={request.updatedAt} form="ago" />
      </Box>
    </Box>
  );
}
