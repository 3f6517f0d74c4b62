import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import { useState } from 'react';
import type { ServicePath } from '../../api';
import { EntityName, RelativeTime, Tag } from '../../components';
import { ReleaseLink } from '../../components/Releases';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

/** The newest are what people compare with. */
const SHOWN = 10;

/**
 * The releases of a service, newest first, each with where it runs.
 *
 * @internal
 */
export function ReleaseList(props: {
  service: ServicePath;
  releases: ApiRelease[];
  /** The one whose page it is. */
  current: string;
}) {
  const { service, releases, current } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [all, setAll] = useState(false);
  const shown = all ? releases : releases.slice(0, SHOWN);
  return (
    <Box
      component="ul"
      aria-label={t('releases.columns.release')}
      sx={{ listStyle: 'none', m: 0, p: 0, fontSize: '0.875rem' }}
    >
      {shown.map(release => (
        <Box
          component="li"
          key={release.id}
          aria-current={release.id === current ? 'true' : undefined}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'baseline',
            columnGap: 1.25,
            px: 2,
            py: 0.75,
            borderTop: 1,
            borderColor: 'divider',
            '&:first-of-type': { borderTop: 0 },
            bgcolor: release.id === current ? 'action.hover' : undefined,
            overflowWrap: 'anywhere',
          }}
        >
          <ReleaseLink service={service} release={release} />
          {release.message && <span>{release.message}</span>}
          {release.where.map(({ environment }) => (
            <Tag key={environment}>{environment}</Tag>
          ))}
          <Box component="span" sx={{ ml: 'auto', color: 'text.secondary' }}>
            {release.by && (
              <>
                <EntityName entityRef={release.by} />
                {' · '}
              </>
            )}
            <RelativeTime at={release.at} form="ago" />
          </Box>
        </Box>
      ))}
      {shown.length < releases.length && (
        <Box component="li" sx={{ px: 2, py: 0.5 }}>
          <Button size="small" onClick={() => setAll(true)} sx={SENTENCE}>
            {t('timeline.rest', { count: releases.length - shown.length })}
          </Button>
        </Box>
      )}
    </Box>
  );
}
