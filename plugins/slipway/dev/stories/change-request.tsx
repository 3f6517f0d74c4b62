import { ChangeRequestPage } from '../../src/pages/changeRequests/ChangeRequestPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'change-request',
  width: 'page',
  without: {
    empty: 'A change request has files and a plan from its first moment.',
    partial: 'All of it comes from the database; no cluster is asked.',
  },
  draw: () => atPath(':id', 'cr-58', <ChangeRequestPage />),
};
