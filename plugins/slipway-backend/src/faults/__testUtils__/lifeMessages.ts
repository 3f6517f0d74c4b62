import type { JsonObject } from '@backstage/types';

/** What a life says; each is answered, or it ends there. */
export type FromLife =
  /** It is about to take this step. */
  | { type: 'step'; key: string; step: string }
  /** It sends people a message. */
  | { type: 'notice'; scope: string; title: string };

/** What it is told. */
export type ToLife =
  { type: 'begin'; config: JsonObject; database: object } | { type: 'go-on' };
