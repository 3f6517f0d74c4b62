import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { liveMessages } from './translation/live';

/**
 * The titles of Slipway's pages and cards, for translation.
 *
 * @public
 */
export const slipwayTranslationRef = createTranslationRef({
  id: 'plugin.slipway',
  messages: {
    syncCard: {
      title: 'Environments',
      all: 'All environments',
    },
    pipelinesCard: {
      title: 'Pipelines',
    },
    environmentsPage: {
      title: 'Environments',
      filter: 'Filter',
      organization: 'Organization',
      state: 'State',
      more: 'Show more',
    },
    environmentPage: {
      timeline: 'Timeline',
      resources: 'Resources',
      plan: 'Plan',
      pipelines: 'Pipelines',
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
