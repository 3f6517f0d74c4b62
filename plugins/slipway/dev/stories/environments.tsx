import { EnvironmentsPage } from '../../src/pages/environments/EnvironmentsPage';
import { environmentList, fleetOf } from '../fake';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'environments',
  width: 'page',
  extensions: ['sub-page:slipway/environments'],
  draw: () => onPage(<EnvironmentsPage />),
  more: {
    fleet: {
      answers: {
        'GET /v1alpha1/environments': environmentList(fleetOf(5_000)),
      },
    },
  },
};
