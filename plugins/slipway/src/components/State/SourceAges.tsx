import { useTranslationRef } from '@backstage/frontend-plugin-api';
import CloudOffIcon from '@mui/icons-material/CloudOff';
import HistoryIcon from '@mui/icons-material/History';
import type { ApiSourceAge } from '@slipway/plugin-slipway-common';
import { useContext } from 'react';
import { useLiveState } from '../../api';
import { RelativeTime } from '../RelativeTime';
import { slipwayTranslationRef } from '../../translation';
import { Notice } from './Notice';
import { SaidAbove } from './said';

/**
 * Which sources are missing or late, why, and how old what is shown of them is. Draws nothing when all are live.
 *
 * @internal
 */
export function SourceAges(props: { sources: ApiSourceAge[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const late = new Map(
    props.sources
      .filter(({ state }) => state !== 'live')
      .map(source => [source.name, source]),
  );
  if (late.size === 0) {
    return null;
  }
  return (
    <>
      {[...late.values()].map(source => (
        <Notice
          key={source.name}
          tone={source.state === 'unreachable' ? 'wait' : 'off'}
          icon={source.state === 'stale' ? HistoryIcon : CloudOffIcon}
        >
          <strong>
            {t(`parts.source.${source.state}`, { name: source.name })}
          </strong>{' '}
          {source.asOf
            ? t('parts.shownIs', {
                ago: <RelativeTime at={source.asOf} form="ago" />,
              })
            : t('parts.nothingKnown')}
          {source.message && ` ${source.message}`}
        </Notice>
      ))}
    </>
  );
}

/**
 * How old an answer is, in a word or two: "live", "as of 4 min ago".
 *
 * @internal
 */
export function AsOf(props: {
  sources: ApiSourceAge[];
  /** The portal itself could not be asked anew. */
  late?: boolean;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const lost = useLiveState().state === 'lost';
  const late = useContext(SaidAbove).reasons.length > 0 || props.late;

  const { sources } = props;
  if (sources.length === 0) {
    return null;
  }
  if (sources.every(({ state }) => state === 'live')) {
    return <>{t(lost || late ? 'parts.lastKnown' : 'parts.live')}</>;
  }
  const times = sources
    .filter(({ state }) => state !== 'live')
    .map(({ asOf }) => asOf);
  const oldest = times.every(at => at !== undefined)
    ? times.reduce((a, b) => (a && b && a < b ? a : b))
    : undefined;
  return oldest ? (
    <>{t('parts.asOf', { ago: <RelativeTime at={oldest} form="ago" /> })}</>
  ) : (
    <>{t('parts.ageUnknown')}</>
  );
}
