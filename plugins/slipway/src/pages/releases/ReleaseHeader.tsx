import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ApiReleaseDetails } from '@slipway/plugin-slipway-common';
import { EntityName, RelativeTime, Sha } from '../../components';
import { PersonMark } from '../../components/PersonMark';
import { shortSha } from '../../components/Sha';
import { webUrl } from '../../format';
import { slipwayTranslationRef } from '../../translation';

/**
 * What the release is called, what its commit said, who brought it, when, and from where.
 *
 * @internal
 */
export function ReleaseHeader(props: { details: ApiReleaseDetails }) {
  const { service, release, branch, repository, createdAt } = props.details;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const run = webUrl(release.url);
  const code = webUrl(repository);
  return (
    <Box>
      <Typography
        component="h1"
        sx={{ fontSize: '1.375rem', fontWeight: 700, m: 0, mb: 0.5 }}
      >
        {t('releases.title', {
          service,
          revision: shortSha(release.revision),
        })}
      </Typography>
      {release.message && (
        <Box sx={{ mb: 0.5, overflowWrap: 'anywhere' }}>{release.message}</Box>
      )}
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 1.25,
          rowGap: 0.25,
          alignItems: 'center',
          color: 'text.secondary',
          fontSize: '0.875rem',
        }}
      >
        <Sha value={release.revision} label={t('parts.revision')} />
        <span>
          {release.by && (
            <>
              <PersonMark entityRef={release.by} />
              <EntityName entityRef={release.by} />{' '}
            </>
          )}
          <RelativeTime at={release.at} form="ago" />
        </span>
        {release.from && (
          <span>
            {t('releases.promotedFrom', { environment: release.from })}
          </span>
        )}
        {createdAt && (
          <span>
            {t('releases.committed', {
              ago: <RelativeTime at={createdAt} form="ago" />,
            })}
          </span>
        )}
        {branch && <span>{t('releases.branch', { branch })}</span>}
        {repository &&
          (code ? (
            <Link href={code} target="_blank" rel="noopener">
              {repository.replace(/^https?:\/\//, '')}
            </Link>
          ) : (
            <span>{repository}</span>
          ))}
        {run && (
          <Link href={run} target="_blank" rel="noopener">
            {t('releases.run')}
          </Link>
        )}
      </Box>
    </Box>
  );
}
