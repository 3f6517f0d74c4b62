import { EnvironmentsPage } from '../../src/pages/environments/EnvironmentsPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'environments',
  width: 'page',
  extensions: ['sub-page:slipway/environments'],
  draw: () => onPage(<EnvironmentsPage />),
};
