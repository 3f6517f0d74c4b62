import { chosenRepository } from '../fake';
import { OnboardingForm } from '../OnboardingForm';
import type { ViewStories } from '../registry';

const ask = (
  initialState: Parameters<typeof OnboardingForm>[0]['initialState'],
) => <OnboardingForm page="repository" initialState={initialState} />;

export const stories: ViewStories = {
  view: 'repository-field',
  width: 'card',
  extensions: ['scaffolder-form-field:slipway/repository'],
  draw: state =>
    ask({
      organization: 'shop',
      ...(state === 'ready' && { repository: chosenRepository() }),
    }),
  answers: {
    empty: { 'GET /v1alpha1/repositories': () => ({ items: [] }) },
  },
  without: {
    partial: 'One Git host is asked; it answers a page, or it does not.',
  },
  more: {
    open: {
      // The list lies over the page: the page has to be as high.
      draw: () => (
        <div style={{ minHeight: 480 }}>{ask({ organization: 'shop' })}</div>
      ),
      press: [{ role: 'button', name: 'Open' }],
    },
    archived: {
      draw: () =>
        ask({
          organization: 'shop',
          repository: chosenRepository({
            name: 'storefront-old',
            archived: true,
          }),
        }),
    },
    'new-organization': {
      draw: () => ask({ newOrganization: { displayName: 'The Bank' } }),
    },
  },
};
