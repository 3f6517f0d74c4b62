import { OrganizationPage } from '../../src/pages/organizations/OrganizationPage';
import { atPath } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'organization',
  width: 'page',
  draw: () => atPath(':organization', 'shop', <OrganizationPage />),
};
