import { createApiRef } from '@backstage/frontend-plugin-api';
import type { SlipwayClient } from '@slipway/plugin-slipway-common';

/**
 * The client of Slipway's API, as the generated types of `@slipway/plugin-slipway-common` describe it.
 *
 * @public
 */
export const slipwayApiRef = createApiRef<SlipwayClient>().with({
  id: 'plugin.slipway.client',
  pluginId: 'slipway',
});
