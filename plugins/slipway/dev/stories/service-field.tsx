import { dayTwo, FormStory } from '../FormStory';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'service-field',
  width: 'card',
  extensions: ['scaffolder-form-field:slipway/service'],
  draw: () => (
    <FormStory
      manifest={dayTwo}
      initialState={{ organization: 'shop', service: 'checkout' }}
    />
  ),
  answers: {
    empty: { 'GET /v1alpha1/services': () => ({ items: [] }) },
  },
  without: {
    partial: 'The names come from the database; no cluster is asked.',
  },
};
