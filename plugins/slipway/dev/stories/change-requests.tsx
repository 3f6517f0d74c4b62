import { ChangeRequestsPage } from '../../src/pages/changeRequests/ChangeRequestsPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'change-requests',
  width: 'page',
  extensions: ['sub-page:slipway/change-requests'],
  draw: () => onPage(<ChangeRequestsPage />),
};
