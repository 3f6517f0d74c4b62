import { FormStory } from '../FormStory';
import type { Press, ViewStories } from '../registry';

const NEXT: Press = { role: 'button', name: 'Next' };

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
  // The pages after the first.
  more: {
    workloads: { press: [NEXT] },
    environments: { press: [NEXT, NEXT] },
    plan: { press: [NEXT, NEXT, NEXT] },
  },
};
