import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import { Figures, Sha } from '../../components';
import { slipwayTranslationRef } from '../../translation';

/**
 * The workloads of a release, each with its commit and its image.
 *
 * @internal
 */
export function Workloads(props: { workloads: ApiRelease['workloads'] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <Figures
      label={t('releases.whatTitle')}
      rows={props.workloads}
      keyOf={({ name }) => name}
      columns={[
        {
          title: t('releases.columns.workload'),
          cell: ({ name }) => name,
        },
        {
          title: t('releases.columns.revision'),
          cell: ({ revision }) => (
            <Sha value={revision} label={t('parts.revision')} />
          ),
        },
        {
          title: t('releases.columns.digest'),
          cell: ({ digest }) =>
            digest === undefined ? (
              t('releases.noDigest')
            ) : (
              <Sha value={digest} label={t('releases.columns.digest')} />
            ),
        },
      ]}
    />
  );
}
