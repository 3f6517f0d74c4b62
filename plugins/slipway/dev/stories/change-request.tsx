import { ChangeRequestPage } from '../../src/pages/changeRequests/ChangeRequestPage';
import { changeRequestDetails, pullRequest } from '../fake';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'change-request',
  width: 'page',
  without: {
    empty: 'A change request has files and a plan from its first moment.',
    partial: 'All of it comes from the database; no cluster is asked.',
  },
  more: {
    'at-a-git-host': {
      answers: {
        'GET /v1alpha1/change-requests/*': () =>
          changeRequestDetails({
            url: 'https://github.com/acme/platform/pull/58',
            pullRequest: pullRequest(),
          }),
      },
    },
  },
  draw: () => atPath(':id', 'cr-58', <ChangeRequestPage />),
};
