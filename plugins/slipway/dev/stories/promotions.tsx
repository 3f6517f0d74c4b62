import { PromotionsPage } from '../../src/pages/promotions/PromotionsPage';
import { FakeProblem, promotable, promotionsAnswers, staging } from '../fake';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

const PROMOTION = 'GET /v1alpha1/environments/*/*/*/promotion';
const LIST = 'GET /v1alpha1/environments';

export const stories: ViewStories = {
  view: 'promotions',
  width: 'page',
  draw: () =>
    atPath(':organization/promotions', 'shop/promotions', <PromotionsPage />),
  print: false,
  answers: {
    ready: promotionsAnswers,
    // What one service would become could not be worked out; the others can go.
    partial: {
      ...promotionsAnswers,
      [PROMOTION]: request => {
        if (request.path.includes('/catalogue/')) {
          throw new FakeProblem({
            title: 'ServiceUnavailableError',
            status: 503,
            detail: 'The GitOps repository does not answer.',
            instance: 'req-51c0de',
          });
        }
        return promotionsAnswers[PROMOTION](request);
      },
    },
  },
  more: {
    chosen: {
      answers: promotionsAnswers,
      press: [{ role: 'checkbox', name: 'All that can be promoted (2)' }],
    },
    steps: {
      answers: {
        ...promotionsAnswers,
        [LIST]: () => ({
          items: [staging, ...promotable()],
          total: 5,
          states: [],
        }),
      },
    },
    done: {
      answers: promotionsAnswers,
      press: [
        { role: 'checkbox', name: 'catalogue' },
        { role: 'button', name: 'Open change request for 1 service' },
      ],
    },
  },
};
