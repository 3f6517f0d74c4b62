import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { EntityName, RelativeTime, Sha } from '../../components';
import { webUrl } from '../../format';
import { MONO } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { StateTag } from './StateTag';

/**
 * Title, state, author, branch, and the way to the Git host.
 *
 * @internal
 */
export function ChangeRequestHeader(props: {
  request: ApiChangeRequestDetails;
}) {
  const { request } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const url = webUrl(request.url);
  return (
    <Box>
      <Typography
        component="h1"
        sx={{ fontSize: '1.375rem', fontWeight: 700, overflowWrap: 'anywhere' }}
      >
        {request.title}{' '}
        <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
          #{request.number}
        </Box>
      </Typography>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          color: 'text.secondary',
          fontSize: '0.875rem',
        }}
      >
        <StateTag state={request.state} />
        <span>
          <EntityName entityRef={request.author} />{' '}
          {t('changeRequestPage.openedIt')}{' '}
          <RelativeTime at={request.createdAt} form="ago" />
        </span>
        <Box component="span" sx={{ fontFamily: MONO, fontSize: '0.78rem' }}>
          {request.branch}
        </Box>
        <Sha
          value={request.headCommit}
          label={t('changeRequestPage.headCommit')}
        />
        {request.mergeCommit && (
          <span>
            {t('changeRequestPage.mergedAs')}{' '}
            <Sha
              value={request.mergeCommit}
              label={t('changeRequestPage.mergeCommit')}
            />
          </span>
        )}
        <span>
          {t('changeRequestsPage.approvals', { count: request.approvals })}
        </span>
        {url && (
          <Link href={url} target="_blank" rel="noopener">
            {t('changeRequestPage.atHost')}
          </Link>
        )}
      </Box>
      {request.description && (
        <Typography
          variant="body2"
          sx={{ mt: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
        >
          {request.description}
        </Typography>
      )}
    </Box>
  );
}
