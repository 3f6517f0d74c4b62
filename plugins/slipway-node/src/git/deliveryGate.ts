import type { AuditorService } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';

/**
 * What came to an ingress of Backstage's events, as their validators get it.
 * @public
 */
export interface IncomingDelivery {
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  raw: { body: Buffer };
}

/**
 * Makes a validator for an ingress of Backstage's events, which lets in only what somebody sent who knows one of the
 * secrets. All are tried, so that a secret can be renewed without a moment in which nothing is taken, and an answer's
 * time tells nothing. What is refused is audited, without what was sent.
 *
 * @public
 */
export function deliveryGate(options: {
  /** Of the ingress. */
  topic: string;
  secrets: string[];
  /** Where the secrets are configured, for whoever looks at what the host was answered. */
  configured: string;
  auditor: Pick<AuditorService, 'createEvent'>;
  /** Has to take the same time whether or not. */
  knows(secret: string, delivery: IncomingDelivery): boolean;
}): (
  delivery: IncomingDelivery,
  context: { reject(details: { status: number; payload: unknown }): void },
) => Promise<void> {
  const { topic, secrets, configured, auditor, knows } = options;
  return async (delivery, context) => {
    const fitting = secrets.filter(secret => knows(secret, delivery));
    if (fitting.length > 0) return;
    const message = `The signature does not match. The secret of the webhook must be one of ${configured}.`;
    const event = await auditor.createEvent({
      eventId: 'webhook-delivery',
      severityLevel: 'medium',
      meta: { topic },
    });
    await event.fail({ error: new AuthenticationError(message) });
    context.reject({ status: 403, payload: { message } });
  };
}
