import type { AuditorService } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { RequestValidator } from '@backstage/plugin-events-node';
import { isSignedWith } from '@slipway/plugin-slipway-node';

/** Gitea's own, and the one that Forgejo sends under its own name. */
const SIGNATURES = ['x-gitea-signature', 'x-forgejo-signature'];

/**
 * Lets in only deliveries that were signed with one of the secrets. All are tried, each in constant time, so that a
 * secret can be renewed without a moment in which nothing is taken, and an answer's time tells nothing. What is refused
 * is audited.
 */
export function verifyDelivery(
  secrets: string[],
  auditor: Pick<AuditorService, 'createEvent'>,
): RequestValidator {
  return async ({ headers, raw }, context) => {
    const given = SIGNATURES.map(name => headers[name]).find(
      header => typeof header === 'string',
    );
    const fitting = secrets.filter(secret =>
      isSignedWith(secret, raw.body, given),
    );
    if (fitting.length > 0) return;
    const message =
      'The signature does not match. The secret of the webhook must be one of events.modules.gitea.webhookSecrets.';
    const event = await auditor.createEvent({
      eventId: 'webhook-delivery',
      severityLevel: 'medium',
      meta: { topic: 'gitea' },
    });
    await event.fail({ error: new AuthenticationError(message) });
    context.reject({ status: 403, payload: { message } });
  };
}
