import { ChangeRequestPage } from '../../src/pages/changeRequests/ChangeRequestPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'change-request',
  width: 'page',
  draw: () => atPath(':id', 'cr-58', <ChangeRequestPage />),
};
