import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const at = () =>
  atPath(
    ':organization/:service/:environment',
    `shop/checkout/production?tab=plan`,
    <EnvironmentPage />,
  );

export const stories: ViewStories = {
  view: 'environment-plan',
  width: 'page',
  draw: at,
};
