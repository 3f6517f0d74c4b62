import { Bindings } from '../../src/pages/organizations/Bindings';
import { OrganizationPage } from '../../src/pages/organizations/OrganizationPage';
import { unprovenBindings } from '../fake';
import { atPath, onPage } from '../frame';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'organization',
  width: 'page',
  draw: () => atPath(':organization', 'shop', <OrganizationPage />),
  more: {
    // The rest of the page is as in the other pictures.
    webhooks: {
      draw: () => onPage(<Bindings organization="shop" />),
      answers: {
        'GET /v1alpha1/organizations/*/bindings': () => ({
          items: unprovenBindings(),
        }),
      },
    },
  },
};
