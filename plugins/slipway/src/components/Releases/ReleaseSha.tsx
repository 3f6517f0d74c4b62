import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import type { ServicePath } from '../../api';
import { releaseRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { Sha } from '../Sha';

/**
 * A revision that leads to the page of its release, where it is known to be one.
 *
 * @internal
 */
export function ReleaseSha(props: {
  service: ServicePath;
  revision: string;
  release: ApiRelease | undefined;
}) {
  const { service: path, revision, release } = props;
  const { organization, service } = path;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(releaseRouteRef);
  return (
    <Sha
      value={revision}
      label={t('environmentPage.revision')}
      to={release && route?.({ organization, service, id: release.id })}
    />
  );
}
