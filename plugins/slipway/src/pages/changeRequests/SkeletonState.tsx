import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { Toned } from '../../components';
import { MONO, type Tone } from '../../theme';
import { slipwayTranslationRef } from '../../translation';

type Skeleton = NonNullable<ApiChangeRequestDetails['skeleton']>;

const TONES: Record<Skeleton['state'], Tone> = {
  pending: 'go',
  done: 'ok',
  failed: 'bad',
};

/**
 * The code that travels with a change, and what became of it.
 *
 * @internal
 */
export function SkeletonState(props: { skeleton: Skeleton }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { repository, files, state, message } = props.skeleton;
  return (
    <Box
      sx={{
        px: 2,
        py: 1.5,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: '0.875rem',
      }}
    >
      <strong>{t('changeRequestPage.skeleton')}</strong>{' '}
      {t('changeRequestPage.skeletonFiles', { count: files.length })}{' '}
      <Toned tone={TONES[state]}>
        {t(`changeRequestPage.skeletonState.${state}`)}
      </Toned>
      {': '}
      <Box
        component="span"
        sx={{
          fontFamily: MONO,
          fontSize: '0.8125rem',
          overflowWrap: 'anywhere',
        }}
      >
        {repository}
      </Box>
      {message && <div>{message}</div>}
      <details>
        <summary>{t('changeRequestPage.skeletonShow')}</summary>
        <Box
          component="ul"
          sx={{ m: 0, pl: 2.5, fontFamily: MONO, fontSize: '0.78rem' }}
        >
          {files.map(path => (
            <li key={path}>{path}</li>
          ))}
        </Box>
      </details>
    </Box>
  );
}
