import { OverviewPage } from '../../src/pages/overview/OverviewPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'overview',
  width: 'page',
  extensions: ['sub-page:slipway/overview'],
  draw: () => onPage(<OverviewPage />),
};
