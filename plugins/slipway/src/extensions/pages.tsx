import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import SlipwayIcon from '@mui/icons-material/DirectionsBoatOutlined';
import { rootRouteRef } from '../routes';

/** `/slipway`, also the item in the navigation. @internal */
export const slipwayPage = PageBlueprint.make({
  params: {
    path: '/slipway',
    title: 'Slipway',
    icon: <SlipwayIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
  },
});

/** The first tab: `/slipway` leads to it. @internal */
export const overviewSubPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    loader: () => import('../pages/routes').then(m => <m.OverviewRoutes />),
  },
});

/** @internal */
export const environmentsSubPage = SubPageBlueprint.make({
  name: 'environments',
  params: {
    path: 'environments',
    title: 'Environments',
    loader: () => import('../pages/routes').then(m => <m.EnvironmentsRoutes />),
  },
});

/** @internal */
export const changeRequestsSubPage = SubPageBlueprint.make({
  name: 'change-requests',
  params: {
    path: 'change-requests',
    title: 'Change requests',
    loader: () =>
      import('../pages/routes').then(m => <m.ChangeRequestsRoutes />),
  },
});

/** @internal */
export const approvalsSubPage = SubPageBlueprint.make({
  name: 'approvals',
  params: {
    path: 'approvals',
    title: 'Approvals',
    loader: () => import('../pages/routes').then(m => <m.ApprovalsRoutes />),
  },
});

/** @internal */
export const organizationsSubPage = SubPageBlueprint.make({
  name: 'organizations',
  params: {
    path: 'organizations',
    title: 'Organizations',
    loader: () =>
      import('../pages/routes').then(m => <m.OrganizationsRoutes />),
  },
});

/** @internal */
export const policiesSubPage = SubPageBlueprint.make({
  name: 'policies',
  params: {
    path: 'policies',
    title: 'Policies',
    loader: () => import('../pages/routes').then(m => <m.PoliciesRoutes />),
  },
});

/** @internal */
export const operationsSubPage = SubPageBlueprint.make({
  name: 'operations',
  params: {
    path: 'operations',
    title: 'Operations',
    loader: () => import('../pages/routes').then(m => <m.OperationsRoutes />),
  },
});
