import type { ApiOnboardingRequest } from '@slipway/plugin-slipway-common';
import { chosenRepository, never, onboardingPreview } from '../fake';
import { OnboardingForm } from '../OnboardingForm';
import type { ViewStories } from '../registry';
import { forbidden, unavailable } from '../states';

const PREVIEW = 'POST /v1alpha1/onboarding/preview';

const form = {
  organization: 'shop',
  name: 'storefront',
  owner: 'group:default/payments',
  repository: chosenRepository(),
};

export const stories: ViewStories = {
  view: 'first-spec-field',
  width: 'card',
  extensions: ['scaffolder-form-field:slipway/first-spec'],
  draw: () => <OnboardingForm page="firstSpec" initialState={form} />,
  answers: {
    loading: { [PREVIEW]: () => never() },
    empty: {
      [PREVIEW]: () =>
        onboardingPreview({
          from: undefined,
          offered: [],
          read: [],
          notTaken: [],
          workloads: [],
          databases: [],
        }),
    },
    forbidden: { [PREVIEW]: forbidden },
    error: { [PREVIEW]: unavailable },
  },
  without: {
    partial:
      'The repository is read at one commit, or not at all; what was left there is told in all that is there.',
    stale: 'It is read once, as what is changed in it then is the person’s.',
  },
  more: {
    compose: {
      answers: {
        [PREVIEW]: ({ body }) =>
          (body as ApiOnboardingRequest).from === 'compose'
            ? onboardingPreview({
                from: 'compose',
                read: ['compose.yaml'],
                notTaken: [],
                databases: [],
              })
            : onboardingPreview(),
      },
      press: [{ role: 'button', name: 'Read the compose file' }],
    },
    unchosen: {
      draw: () => (
        <OnboardingForm
          page="firstSpec"
          initialState={{ organization: 'shop' }}
        />
      ),
    },
  },
};
