import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isSlipwayAvailable } from '../entity/serviceOf';

/** @internal */
export const syncCard = EntityCardBlueprint.make({
  name: 'sync',
  params: {
    type: 'content',
    filter: isSlipwayAvailable,
    loader: () => import('../entity/SyncCard').then(m => <m.SyncCard />),
  },
});

/** @internal */
export const driftCard = EntityCardBlueprint.make({
  name: 'drift',
  params: {
    type: 'content',
    filter: isSlipwayAvailable,
    loader: () => import('../entity/DriftCard').then(m => <m.DriftCard />),
  },
});

/** @internal */
export const pipelinesCard = EntityCardBlueprint.make({
  name: 'pipelines',
  params: {
    type: 'content',
    filter: isSlipwayAvailable,
    loader: () =>
      import('../entity/PipelinesCard').then(m => <m.PipelinesCard />),
  },
});

/** @internal */
export const environmentsContent = EntityContentBlueprint.make({
  name: 'environments',
  params: {
    path: '/environments',
    title: 'Environments',
    group: 'deployment',
    filter: isSlipwayAvailable,
    loader: () =>
      import('../entity/EnvironmentsTab').then(m => <m.EnvironmentsTab />),
  },
});
