import {
  createComponentExtension,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import { legacyRootRouteRef, slipwayPlugin } from './plugin';

/**
 * The platform page: mount it at `/slipway`.
 *
 * @public
 */
export const SlipwayPage = slipwayPlugin.provide(
  createRoutableExtension({
    name: 'SlipwayPage',
    component: () => import('./SlipwayPage').then(m => m.SlipwayPage),
    mountPoint: legacyRootRouteRef,
  }),
);

/**
 * The card on a service's overview: the road of each environment.
 *
 * @public
 */
export const EntitySlipwaySyncCard = slipwayPlugin.provide(
  createComponentExtension({
    name: 'EntitySlipwaySyncCard',
    component: { lazy: () => import('./entity').then(m => m.LegacySyncCard) },
  }),
);

/**
 * The card on a service's overview: what differs from what was agreed.
 *
 * @public
 */
export const EntitySlipwayDriftCard = slipwayPlugin.provide(
  createComponentExtension({
    name: 'EntitySlipwayDriftCard',
    component: { lazy: () => import('./entity').then(m => m.LegacyDriftCard) },
  }),
);

/**
 * The card on a service's overview: its pipeline runs.
 *
 * @public
 */
export const EntitySlipwayPipelinesCard = slipwayPlugin.provide(
  createComponentExtension({
    name: 'EntitySlipwayPipelinesCard',
    component: {
      lazy: () => import('./entity').then(m => m.LegacyPipelinesCard),
    },
  }),
);

/**
 * The content of a service's tab "Environments".
 *
 * @public
 */
export const EntitySlipwayEnvironmentsContent = slipwayPlugin.provide(
  createComponentExtension({
    name: 'EntitySlipwayEnvironmentsContent',
    component: {
      lazy: () => import('./entity').then(m => m.LegacyEnvironmentsTab),
    },
  }),
);
