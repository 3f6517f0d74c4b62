import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import SlipwayIcon from '@mui/icons-material/DirectionsBoatOutlined';
import { slipwayApi } from './extensions/api';
import {
  driftCard,
  environmentsContent,
  pipelinesCard,
  syncCard,
} from './extensions/entity';
import {
  databasesFormField,
  environmentsFormField,
  organizationFormField,
  planFormField,
  serviceNameFormField,
  workloadsFormField,
} from './extensions/formFields';
import {
  changeRequestsSubPage,
  environmentsSubPage,
  operationsSubPage,
  slipwayPage,
} from './extensions/pages';
import {
  catalogEntityRouteRef,
  changeRequestRouteRef,
  scaffolderRouteRef,
  environmentRouteRef,
  rootRouteRef,
} from './routes';

/**
 * Slipway in the frontend: pages, entity cards and tab, and form fields.
 *
 * @public
 */
export const slipwayPlugin = createFrontendPlugin({
  pluginId: 'slipway',
  title: 'Slipway',
  icon: <SlipwayIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    changeRequest: changeRequestRouteRef,
    environment: environmentRouteRef,
  },
  externalRoutes: {
    create: scaffolderRouteRef,
    catalogEntity: catalogEntityRouteRef,
  },
  extensions: [
    slipwayApi,
    slipwayPage,
    environmentsSubPage,
    changeRequestsSubPage,
    operationsSubPage,
    syncCard,
    driftCard,
    pipelinesCard,
    environmentsContent,
    organizationFormField,
    serviceNameFormField,
    workloadsFormField,
    databasesFormField,
    environmentsFormField,
    planFormField,
  ],
});
