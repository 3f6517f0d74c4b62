import { createHmac } from 'node:crypto';

/**
 * The secret of a binding's webhook: of the nonce that is kept and of a key that is not, so that a copy of the database
 * signs nothing. Every binding has another one, and a new nonce is a new secret.
 */
export function webhookSecret(
  key: string,
  of: { organization: string; name: string; nonce: string },
): string {
  return createHmac('sha256', key)
    .update(
      JSON.stringify(['slipway/webhook', of.organization, of.name, of.nonce]),
    )
    .digest('hex');
}

/** Tells one key from another and nothing else of it: a webhook that was made with an old one is made anew. */
export function keyId(key: string): string {
  return createHmac('sha256', key)
    .update('slipway/webhook-key')
    .digest('hex')
    .slice(0, 16);
}
