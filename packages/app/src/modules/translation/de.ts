import { createTranslationMessages } from '@backstage/frontend-plugin-api';
import { slipwayTranslationRef } from '@slipway/plugin-slipway';
import { messages } from './german';

/** German; what it lacks is shown in English, and a test says that it lacks nothing. */
export default createTranslationMessages({
  ref: slipwayTranslationRef,
  messages,
});
