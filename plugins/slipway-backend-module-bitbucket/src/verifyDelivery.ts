import type { RequestValidator } from '@backstage/plugin-events-node';
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Lets in only deliveries that were signed with one of the secrets. All are tried, each in constant time, so that a
 * secret can be renewed without a moment in which nothing is taken, and an answer's time tells nothing.
 */
export function verifyDelivery(secrets: string[]): RequestValidator {
  return async ({ headers, raw }, context) => {
    const signature = Buffer.from(
      String(headers['x-hub-signature'] ?? ''),
      'utf8',
    );
    let isKnown = false;
    for (const secret of secrets) {
      const digest = createHmac('sha256', secret)
        .update(raw.body)
        .digest('hex');
      const expected = Buffer.from(`sha256=${digest}`, 'utf8');
      if (
        signature.length === expected.length &&
        timingSafeEqual(signature, expected)
      )
        isKnown = true;
    }
    if (!isKnown) {
      context.reject({
        status: 403,
        payload: {
          message:
            'The signature does not match. The secret of the webhook must be one of events.modules.bitbucketCloud.webhookSecrets.',
        },
      });
    }
  };
}
