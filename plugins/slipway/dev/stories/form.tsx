import { FormStory } from '../FormStory';
import type { ViewStories } from '../registry';

export const stories: ViewStories = {
  view: 'form',
  width: 'page',
  extensions: [
    'scaffolder-form-field:slipway/organization',
    'scaffolder-form-field:slipway/service-name',
    'scaffolder-form-field:slipway/workloads',
    'scaffolder-form-field:slipway/databases',
    'scaffolder-form-field:slipway/environments',
    'scaffolder-form-field:slipway/plan',
  ],
  draw: () => <FormStory />,
};
