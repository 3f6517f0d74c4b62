/** The template of day two that comes with Slipway. */
const TEMPLATE = 'templates/default/edit-service';

/**
 * The form that changes a service, with what is known of it filled in.
 *
 * @internal
 */
export function editFormPath(
  scaffolder: string,
  of: { organization: string; service: string },
): string {
  const query = new URLSearchParams({
    formData: JSON.stringify({
      organization: of.organization,
      name: of.service,
    }),
  });
  return `${scaffolder.replace(/\/$/, '')}/${TEMPLATE}?${query}`;
}
