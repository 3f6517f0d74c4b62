import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATIONS } from '@slipway/plugin-slipway-common';
import type { ReactNode } from 'react';
import { SlipwayProvider } from '../api';
import { EmptyState } from '../components';
import { slipwayTranslationRef } from '../translation';
import { serviceOf, type ServiceKey } from './serviceOf';

/**
 * The service of the entity that is shown. The new frontend filters by the annotation; the legacy one may mount a card
 * anywhere, and then this says what is missing.
 *
 * @internal
 */
export function WithService(props: {
  children: (service: ServiceKey) => ReactNode;
}) {
  const { t } = useTranslationRef(slipwayTranslationRef);

  const { entity } = useEntity();
  const service = serviceOf(entity);
  return (
    <SlipwayProvider>
      {service ? (
        props.children(service)
      ) : (
        <EmptyState title={t('parts.notAService')}>
          {t('parts.notAServiceHelp', {
            service: ENTITY_ANNOTATIONS.service,
          })}
        </EmptyState>
      )}
    </SlipwayProvider>
  );
}
