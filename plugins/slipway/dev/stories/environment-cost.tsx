import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import { environmentPlan } from '../fake';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const at = () =>
  atPath(
    ':organization/:service/:environment',
    `shop/checkout/staging?tab=cost`,
    <EnvironmentPage />,
  );

export const stories: ViewStories = {
  view: 'environment-cost',
  width: 'page',
  draw: at,
  answers: {
    empty: {
      'GET /v1alpha1/environments/*/*/*/plan': () =>
        environmentPlan({
          cost: { currency: 'EUR', cents: 0, centsBefore: 0, lines: [] },
        }),
    },
  },
};
