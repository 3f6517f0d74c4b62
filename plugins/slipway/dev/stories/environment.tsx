import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'environment',
  width: 'page',
  draw: () =>
    atPath(
      ':organization/:service/:environment',
      'shop/checkout/staging',
      <EnvironmentPage />,
    ),
};
