import { OperationsPage } from '../../src/pages/operations/OperationsPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'operations',
  width: 'page',
  extensions: ['sub-page:slipway/operations'],
  draw: () => onPage(<OperationsPage />),
};
