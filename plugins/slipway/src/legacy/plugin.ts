import { convertLegacyRouteRef } from '@backstage/core-compat-api';
import { createPlugin } from '@backstage/core-plugin-api';
import { slipwayApiFactory } from '../api/factory';
import {
  catalogEntityRouteRef,
  changeRequestRouteRef,
  scaffolderRouteRef,
  environmentRouteRef,
  organizationRouteRef,
  releaseRouteRef,
  rootRouteRef,
  templateRouteRef,
} from '../routes';

/** The one set of routes, as apps on the old frontend system see it. @internal */
export const legacyRootRouteRef = convertLegacyRouteRef(rootRouteRef);

/**
 * Slipway for apps on the old frontend system.
 *
 * @public
 */
export const slipwayPlugin = createPlugin({
  id: 'slipway',
  apis: [slipwayApiFactory],
  routes: {
    root: legacyRootRouteRef,
    changeRequest: convertLegacyRouteRef(changeRequestRouteRef),
    environment: convertLegacyRouteRef(environmentRouteRef),
    organization: convertLegacyRouteRef(organizationRouteRef),
    release: convertLegacyRouteRef(releaseRouteRef),
  },
  externalRoutes: {
    create: convertLegacyRouteRef(scaffolderRouteRef),
    template: convertLegacyRouteRef(templateRouteRef),
    catalogEntity: convertLegacyRouteRef(catalogEntityRouteRef),
  },
});
