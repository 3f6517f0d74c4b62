import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { serviceMessages } from './translation/service';
import { liveMessages } from './translation/live';

/**
 * The titles of Slipway's pages and cards, for translation.
 *
 * @public
 */
export const slipwayTranslationRef = createTranslationRef({
  id: 'plugin.slipway',
  messages: {
    ...serviceMessages,
    environmentsPage: {
      title: 'Environments',
      filter: 'Filter',
      organization: 'Organization',
      state: 'State',
      more: 'Show more',
    },
    changeRequestsPage: {
      title: 'Change requests',
    },
    changeRequestPage: {
      plan: 'Plan',
      files: 'Files',
      conversation: 'Conversation',
      approve: 'Approve',
      merge: 'Merge',
      close: 'Close',
      comment: 'Comment',
    },
    ...liveMessages,
    operationsPage: {
      queue: 'Queue',
      sources: 'Sources',
      clusters: 'Clusters',
    },
  },
});
