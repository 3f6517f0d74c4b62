import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import { manyDrifts } from '../fake';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const at = () =>
  atPath(
    ':organization/:service/:environment',
    `shop/checkout/production?tab=drift`,
    <EnvironmentPage />,
  );

export const stories: ViewStories = {
  view: 'environment-drift',
  width: 'page',
  draw: at,
  more: {
    many: {
      answers: {
        'GET /v1alpha1/environments/*/*/*/drift': () => manyDrifts(),
      },
    },
  },
};
