import { WEBHOOK_REASONS, type Reason } from '@slipway/plugin-slipway-common';

type Words<Key extends string> = {
  readonly [key in Key]: { readonly title: string; readonly next: string };
};

/** What a table of reasons says, in the words that the CLI and notifications use. */
const wordsOf = <Key extends string>(table: Record<Key, Reason>): Words<Key> =>
  Object.fromEntries(
    Object.entries<Reason>(table).map(([key, { title, next }]) => [
      key,
      { title, next },
    ]),
  ) as Words<Key>;

/** What is said of how a webhook stands: what is, and what to do. @internal */
export const reasonsMessages = { reason: wordsOf(WEBHOOK_REASONS) };
