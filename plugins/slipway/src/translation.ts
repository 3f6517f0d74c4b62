import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { platformMessages } from './translation/platform';
import { formMessages } from './translation/form';
import { liveMessages } from './translation/live';
import { partsMessages } from './translation/parts';
import { planMessages } from './translation/plan';
import { serviceMessages } from './translation/service';

/**
 * The titles of Slipway's pages and cards, for translation.
 *
 * @public
 */
export const slipwayTranslationRef = createTranslationRef({
  id: 'plugin.slipway',
  messages: {
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
    ...platformMessages,
    ...planMessages,
    ...liveMessages,
    ...serviceMessages,
    ...formMessages,
    ...partsMessages,
    operationsPage: {
      queue: 'Queue',
      sources: 'Sources',
      clusters: 'Clusters',
    },
  },
});
