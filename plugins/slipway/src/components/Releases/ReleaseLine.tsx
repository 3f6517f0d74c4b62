import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import { MONO } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { EntityName, entityName } from '../EntityName';
import { RelativeTime } from '../RelativeTime';
import { Sha, shortSha } from '../Sha';

/**
 * A release in a line: revision, what its commit said, by whom and when.
 *
 * @internal
 */
export function ReleaseLine(props: {
  release: ApiRelease;
  /** Inside of something that is pressed itself. */
  plain?: boolean;
}) {
  const { release, plain } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const more = release.workloads.filter(
    ({ revision }) => revision !== release.revision,
  ).length;
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        flexWrap: 'wrap',
        alignItems: 'baseline',
        columnGap: 1,
        minWidth: 0,
        overflowWrap: 'anywhere',
      }}
    >
      {plain ? (
        <Box component="code" sx={{ fontFamily: MONO }}>
          {shortSha(release.revision)}
        </Box>
      ) : (
        <Sha value={release.revision} label={t('parts.revision')} />
      )}
      {more > 0 && <span>{t('releases.asWell', { count: more })}</span>}
      {release.message && <span>{release.message}</span>}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {release.by && (
          <>
            {plain ? (
              entityName(release.by)
            ) : (
              <EntityName entityRef={release.by} />
            )}
            {' · '}
          </>
        )}
        {release.at && <RelativeTime at={release.at} form="ago" />}
      </Box>
    </Box>
  );
}
