import { useRouteRef } from '@backstage/frontend-plugin-api';
import { templateRouteRef } from '../../routes';

/** The template of day two that comes with Slipway. */
const TEMPLATE = { namespace: 'default', templateName: 'edit-service' };

/**
 * The form that changes a service, with what is known of it filled in; undefined where there are no forms.
 *
 * @internal
 */
export function useEditForm(of: {
  organization: string;
  service: string;
}): string | undefined {
  const route = useRouteRef(templateRouteRef);
  const query = new URLSearchParams({
    formData: JSON.stringify({
      organization: of.organization,
      name: of.service,
    }),
  });
  return route && `${route(TEMPLATE)}?${query}`;
}
