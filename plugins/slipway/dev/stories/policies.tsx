import { PoliciesPage } from '../../src/pages/policies/PoliciesPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'policies',
  width: 'page',
  extensions: ['sub-page:slipway/policies'],
  without: {
    partial:
      'Policies come from the platform repository as it was last read; there is no second source.',
  },
  draw: () => onPage(<PoliciesPage />),
};
