import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import Link from '@mui/material/Link';
import type { ApiRelease } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import type { ServicePath } from '../../api';
import { releaseRouteRef } from '../../routes';
import { slipwayTranslationRef } from '../../translation';
import { shortSha } from '../Sha';

/**
 * The way to a release's page.
 *
 * @internal
 */
export function ReleaseLink(props: {
  service: ServicePath;
  release: ApiRelease;
}) {
  const { release } = props;
  const { organization, service } = props.service;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const route = useRouteRef(releaseRouteRef);
  const text = t('releases.release', { revision: shortSha(release.revision) });
  return route ? (
    <Link
      component={RouterLink}
      to={route({ organization, service, id: release.id })}
      title={release.message}
    >
      {text}
    </Link>
  ) : (
    <>{text}</>
  );
}
