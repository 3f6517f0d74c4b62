import type { ApiAdoptionCandidates } from '@slipway/plugin-slipway-common';
import type { FakeAnswers } from './fakeClient';

/** What somebody made by hand, on two clusters. */
export const candidates = (
  changes: Partial<ApiAdoptionCandidates> = {},
): ApiAdoptionCandidates => ({
  items: [
    {
      cluster: 'sandbox-eu',
      namespace: 'billing-live',
      application: 'billing',
      repository: 'https://git.example.com/billing/deploy.git',
      path: 'overlays/live',
    },
    {
      cluster: 'sandbox-eu',
      namespace: 'crm',
      application: 'crm',
      repository: 'https://git.example.com/crm.git',
    },
    { cluster: 'sandbox-us', namespace: 'search-old', application: 'search' },
  ],
  unavailable: [],
  ...changes,
});

/** What the backend answers about adoptions. */
export const adoptionAnswers: FakeAnswers = {
  'GET /v1alpha1/adoptions/candidates': () => candidates(),
};
