import type { AuditorService } from '@backstage/backend-plugin-api';
import type { RequestValidator } from '@backstage/plugin-events-node';
import { deliveryGate, isSignedWith } from '@slipway/plugin-slipway-node';

/** Lets in only deliveries that were signed with one of the secrets. */
export function verifyDelivery(
  secrets: string[],
  auditor: Pick<AuditorService, 'createEvent'>,
): RequestValidator {
  return deliveryGate({
    topic: 'bitbucketCloud',
    secrets,
    configured: 'events.modules.bitbucketCloud.webhookSecrets',
    auditor,
    knows: (secret, { headers, raw }) =>
      isSignedWith(secret, raw.body, headers['x-hub-signature']),
  });
}
