import { useTranslationRef } from '@backstage/frontend-plugin-api';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import type { ApiObjectDetails } from '@slipway/plugin-slipway-common';
import { useMemo, useState } from 'react';
import { slipwayTranslationRef } from '../../translation';
import { DiffLines, linesOfChange } from '../Diff';
import { comparable } from '../Diff/comparable';
import { SideBySide } from '../Diff/SideBySide';
import { pairLines } from '../Diff/sideBySide';
import { Notice } from '../State';

/**
 * What Git wants beside what the cluster has. Lines that only the cluster has are left out unless asked for: defaults
 * and status are no difference.
 *
 * @internal
 */
export function ObjectDiff(props: { object: ApiObjectDetails }) {
  const { wanted, live } = props.object;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const [everything, setEverything] = useState(false);
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const texts = useMemo(() => {
    const both = { wanted: wanted ?? '', live: live ?? '' };
    return everything || !wanted || !live
      ? both
      : comparable(both.wanted, both.live);
  }, [wanted, live, everything]);
  const differing = useMemo(
    () =>
      pairLines(texts.wanted, texts.live).filter(({ same }) => !same).length,
    [texts],
  );
  const label = t('object.diff');
  return (
    <>
      <MissingNote wanted={wanted} live={live} />
      {wanted && live && (
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 2,
            px: 2,
            py: 0.75,
            fontSize: '0.8125rem',
            color: 'text.secondary',
          }}
        >
          {differing === 0
            ? t('object.same')
            : t('object.differs', { count: differing })}
          <FormControlLabel
            sx={{ ml: 'auto' }}
            control={
              <Switch
                size="small"
                checked={everything}
                onChange={(_event, checked) => setEverything(checked)}
              />
            }
            label={t('object.showDefaults')}
            slotProps={{ typography: { fontSize: '0.8125rem' } }}
          />
        </Box>
      )}
      {(wanted || live) &&
        (narrow ? (
          <DiffLines
            lines={linesOfChange(texts.wanted, texts.live)}
            label={label}
          />
        ) : (
          <SideBySide
            before={texts.wanted}
            after={texts.live}
            titles={[t('object.wanted'), t('object.live')]}
            label={label}
          />
        ))}
    </>
  );
}

function MissingNote(props: { wanted?: string; live?: string }) {
  const { wanted, live } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (wanted && live) {
    return null;
  }
  let key: 'object.onlyLive' | 'object.onlyWanted' | 'object.gone';
  if (live) {
    key = 'object.onlyLive';
  } else {
    key = wanted ? 'object.onlyWanted' : 'object.gone';
  }
  return (
    <Notice tone="off" icon={InfoIcon}>
      {t(key)}
    </Notice>
  );
}
