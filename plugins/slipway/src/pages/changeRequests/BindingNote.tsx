import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Link from '@mui/material/Link';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { Toned } from '../../components';
import { slipwayTranslationRef } from '../../translation';
import { usePageLinks } from '../links';

const BINDING = /^organizations\/([^/]+)\/bindings\/[^/]+\.ya?ml$/;

/**
 * What the file of a binding means beside Git, which no plan of an environment says: a webhook comes or goes.
 *
 * @internal
 */
export function BindingNote(props: {
  file: Pick<ApiChangeRequestDetails['files'][number], 'path' | 'status'>;
}) {
  const { path, status } = props.file;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const links = usePageLinks();
  const [, organization] = BINDING.exec(path) ?? [];
  if (!organization) return null;
  if (status === 'removed') {
    return <Toned tone="wait">{t('changeRequestPage.bindingRemoved')}</Toned>;
  }
  if (status !== 'added') return null;
  return (
    <Link
      component={RouterLink}
      underline="always"
      to={links.organization(organization)}
    >
      {t('changeRequestPage.bindingAdded')}
    </Link>
  );
}
