import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
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
};
