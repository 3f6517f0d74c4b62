import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { platformMessages } from './translation/platform';
import { formMessages } from './translation/form';
import { liveMessages } from './translation/live';
import { partsMessages } from './translation/parts';
import { changesMessages } from './translation/changes';
import { operationsMessages } from './translation/operations';
import { onboardingMessages } from './translation/onboarding';
import { planMessages } from './translation/plan';
import { problemsMessages } from './translation/problems';
import { reasonsMessages } from './translation/reasons';
import { releasesMessages } from './translation/releases';
import { serviceMessages } from './translation/service';

/**
 * The titles of Slipway's pages and cards, for translation.
 *
 * @public
 */
export const slipwayTranslationRef = createTranslationRef({
  id: 'plugin.slipway',
  messages: {
    ...changesMessages,
    ...operationsMessages,
    ...platformMessages,
    ...planMessages,
    ...releasesMessages,
    ...liveMessages,
    ...serviceMessages,
    ...formMessages,
    ...onboardingMessages,
    ...problemsMessages,
    ...reasonsMessages,
    ...partsMessages,
  },
});
