import { ChangeRequestsPage } from '../../src/pages/changeRequests/ChangeRequestsPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'change-requests',
  width: 'page',
  extensions: ['sub-page:slipway/change-requests'],
  without: {
    partial: 'All of it comes from the database; no cluster is asked.',
  },
  draw: () => onPage(<ChangeRequestsPage />),
};
