import { environmentClass } from '../fake';
import { FormStory, oneMore } from '../FormStory';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'class-field',
  width: 'card',
  extensions: ['scaffolder-form-field:slipway/class'],
  draw: state => (
    <FormStory
      manifest={oneMore}
      initialState={
        ['loading', 'empty'].includes(state)
          ? {}
          : { class: environmentClass().name }
      }
    />
  ),
  answers: {
    empty: { 'GET /v1alpha1/classes': () => ({ items: [] }) },
  },
  without: {
    partial: 'Classes come from the database; no cluster is asked.',
  },
};
