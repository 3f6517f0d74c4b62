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
  adoptableFormField,
  classFormField,
  databasesFormField,
  environmentsFormField,
  organizationFormField,
  firstSpecFormField,
  planFormField,
  repositoryFormField,
  serviceFormField,
  serviceNameFormField,
  workloadsFormField,
} from './extensions/formFields';
import {
  approvalsSubPage,
  changeRequestsSubPage,
  environmentsSubPage,
  operationsSubPage,
  organizationsSubPage,
  overviewSubPage,
  policiesSubPage,
  slipwayPage,
} from './extensions/pages';
import {
  catalogEntityRouteRef,
  changeRequestRouteRef,
  scaffolderRouteRef,
  environmentRouteRef,
  organizationRouteRef,
  releaseRouteRef,
  rootRouteRef,
  templateRouteRef,
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
    organization: organizationRouteRef,
    release: releaseRouteRef,
  },
  externalRoutes: {
    create: scaffolderRouteRef,
    template: templateRouteRef,
    catalogEntity: catalogEntityRouteRef,
  },
  extensions: [
    slipwayApi,
    slipwayPage,
    // Their tabs stand in this order.
    overviewSubPage,
    environmentsSubPage,
    changeRequestsSubPage,
    approvalsSubPage,
    organizationsSubPage,
    policiesSubPage,
    operationsSubPage,
    syncCard,
    driftCard,
    pipelinesCard,
    environmentsContent,
    organizationFormField,
    serviceNameFormField,
    serviceFormField,
    adoptableFormField,
    classFormField,
    workloadsFormField,
    databasesFormField,
    environmentsFormField,
    repositoryFormField,
    firstSpecFormField,
    planFormField,
  ],
});
