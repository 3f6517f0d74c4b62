import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const at = (query: string) =>
  atPath(
    ':organization/:service/:environment',
    `shop/checkout/staging?tab=pipelines${query}`,
    <EnvironmentPage />,
  );

export const stories: ViewStories = {
  view: 'environment-pipelines',
  width: 'page',
  draw: () => at(''),
  more: { log: { draw: () => at('&run=r2&step=test') } },
};
