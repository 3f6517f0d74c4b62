import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The platform page of Slipway. @public */
export const rootRouteRef = createRouteRef();

/** One change request. @public */
export const changeRequestRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/change-requests/:id',
});

/** One organization. @public */
export const organizationRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/organizations/:organization',
});

/** One environment of one service. @public */
export const environmentRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:organization/:service/:environment',
});

/** One release of one service. @public */
export const releaseRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/environments/:organization/:service/releases/:id',
});

/** Where templates are chosen: the first thing to do on an empty page. @public */
export const scaffolderRouteRef = createExternalRouteRef({
  defaultTarget: 'scaffolder.root',
});

/** One template, to be filled in. @public */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** The page of a catalog entity, for owners and services. @public */
export const catalogEntityRouteRef = createExternalRouteRef({
  params: ['namespace', 'kind', 'name'],
  defaultTarget: 'catalog.catalogEntity',
});
