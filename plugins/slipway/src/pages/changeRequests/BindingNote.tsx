import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ApiChangeRequestDetails } from '@slipway/plugin-slipway-common';
import { Toned } from '../../components';
import { slipwayTranslationRef } from '../../translation';

type File = Pick<ApiChangeRequestDetails['files'][number], 'path' | 'status'>;

const BINDING = /^organizations\/([^/]+)\/bindings\/[^/]+\.ya?ml$/;

/** The organization whose repository a file binds; undefined for any other file. @internal */
export const boundIn = ({ path }: File): string | undefined =>
  BINDING.exec(path)?.[1];

/**
 * What the file of a binding means beside Git, which no plan of an environment says: a webhook comes or goes. No link,
 * as it stands in what folds the file.
 *
 * @internal
 */
export function BindingNote(props: { file: File }) {
  const { file } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  if (boundIn(file) === undefined) return null;
  if (file.status === 'removed') {
    return <Toned tone="wait">{t('changeRequestPage.bindingRemoved')}</Toned>;
  }
  return file.status === 'added' ? (
    <>{t('changeRequestPage.bindingAdded')}</>
  ) : null;
}
