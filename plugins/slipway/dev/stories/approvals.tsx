import { ApprovalsPage } from '../../src/pages/approvals/ApprovalsPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'approvals',
  width: 'page',
  extensions: ['sub-page:slipway/approvals'],
  draw: () => onPage(<ApprovalsPage />),
};
