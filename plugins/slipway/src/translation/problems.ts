import { SCHEMA_SENTENCES } from '@slipway/plugin-slipway-common';

/** What is said of something wrong in a form. @internal */
export const problemsMessages = {
  problem: {
    /** In the words that the file and the API use. */
    schema: SCHEMA_SENTENCES,
    found: 'found {{found}}',
    allowed: 'allowed: {{allowed}}',
  },
} as const;
