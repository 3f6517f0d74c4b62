import { EnvironmentPage } from '../../src/pages/environments/EnvironmentPage';
import {
  environmentDetails,
  preview,
  staging,
  type FakeAnswers,
} from '../fake';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

/** Staging stands still at first, and has come through when it is asked again. */
function healing(): FakeAnswers {
  let asked = 0;
  return {
    'GET /v1alpha1/environments/*/*/*': () => {
      asked += 1;
      return environmentDetails(
        asked === 1
          ? staging
          : {
              ...staging,
              conditions: preview.conditions,
              source: preview.source,
            },
      );
    },
  };
}

export const stories: ViewStories = {
  view: 'environment',
  width: 'page',
  draw: () =>
    atPath(
      ':organization/:service/:environment',
      'shop/checkout/staging',
      <EnvironmentPage />,
    ),
  more: {
    lost: { signals: 'lost' },
    // What changed meanwhile is there once the connection is back.
    healed: { signals: 'healed', answers: healing },
  },
};
