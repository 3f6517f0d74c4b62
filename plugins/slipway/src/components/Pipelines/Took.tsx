import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatTook } from '../../format';
import { slipwayTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';

/**
 * How long a run or step took, or has been running: a bare figure would say neither.
 *
 * @internal
 */
export function Took(props: { startedAt?: string; finishedAt?: string }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { startedAt, finishedAt } = props;
  if (!startedAt) {
    return <>{t('pipelines.notStarted')}</>;
  }
  return finishedAt ? (
    <>
      {t('pipelines.took', {
        time: formatTook(Date.parse(finishedAt) - Date.parse(startedAt)),
      })}
    </>
  ) : (
    <>{t('pipelines.runningFor', { time: <RelativeTime at={startedAt} /> })}</>
  );
}
