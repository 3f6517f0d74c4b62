import { CustomErrorBase } from '@backstage/errors';

/**
 * A run found that its key belongs to somebody else now: it was frozen or cut off for longer than its lease. Nothing
 * of it may be written any more; whoever holds the key starts from what is recorded.
 */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;

  constructor(key: string) {
    super(
      `The lease of ${key} was lost; its holder goes on from what is recorded.`,
    );
  }
}
