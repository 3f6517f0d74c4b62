import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const at = (query: string) =>
  atPath(
    ':organization/:service/:environment',
    `shop/checkout/staging?tab=resources${query}`,
    <EnvironmentPage />,
  );

export const stories: ViewStories = {
  view: 'environment-resources',
  width: 'page',
  draw: () => at(''),
  more: {
    diff: {
      draw: () =>
        at('&object=apps/v1/Deployment/shop--checkout--staging/web&view=diff'),
    },
    pod: {
      draw: () => at('&object=v1/Pod/shop--checkout--staging/web-6f7c9d-x2x9k'),
    },
    events: {
      draw: () =>
        at(
          '&object=v1/Pod/shop--checkout--staging/web-6f7c9d-x2x9k&view=events',
        ),
    },
    logs: {
      draw: () =>
        at('&object=v1/Pod/shop--checkout--staging/web-6f7c9d-x2x9k&view=logs'),
    },
  },
};
