import { OrganizationsPage } from '../../src/pages/organizations/OrganizationsPage';
import { onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'organizations',
  width: 'page',
  extensions: ['sub-page:slipway/organizations'],
  draw: () => onPage(<OrganizationsPage />),
};
