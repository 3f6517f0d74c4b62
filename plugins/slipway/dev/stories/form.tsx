import { FakeProblem } from '../fake';
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
  draw: state => (
    <FormStory initialState={state === 'empty' ? {} : undefined} />
  ),
  answers: {
    empty: { 'GET /v1alpha1/organizations': () => ({ items: [] }) },
    // The organizations are there, the names that are taken aren't.
    partial: {
      'GET /v1alpha1/services': () => {
        throw new FakeProblem({
          title: 'ServiceUnavailableError',
          status: 503,
          detail: 'The database does not answer.',
          instance: 'req-7f3a9c',
        });
      },
    },
  },
  // The pages after the first.
  more: {
    workloads: { press: [NEXT] },
    environments: { press: [NEXT, NEXT] },
    plan: { press: [NEXT, NEXT, NEXT] },
  },
};
