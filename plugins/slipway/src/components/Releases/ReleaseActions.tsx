import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import type { ServicePath } from '../../api';
import { SENTENCE } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { Tag } from '../Tag';
import { ReleaseLink } from './ReleaseLink';

/**
 * What can be done with the release that something is about: look at it, or take the environment to it.
 *
 * @internal
 */
export function ReleaseActions(props: {
  service: ServicePath;
  release: ApiRelease;
  /** It runs here now. */
  here: boolean;
  /** It is newer than what runs. */
  forward: boolean;
  /** Absent where this person may not. */
  onMove?: () => void;
}) {
  const { service, release, here, forward, onMove } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1.5,
      }}
    >
      <ReleaseLink service={service} release={release} />
      {here && <Tag>{t('releases.runsHere')}</Tag>}
      {!here && onMove && (
        <Button
          size="small"
          onClick={onMove}
          sx={{
            ...SENTENCE,
            py: 0,
            '@media print': { display: 'none' },
          }}
        >
          {t(forward ? 'releases.forwardTo' : 'releases.backTo')}
        </Button>
      )}
    </Box>
  );
}
