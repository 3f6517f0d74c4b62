import type { AuditorService } from '@backstage/backend-plugin-api';
import type { RequestValidator } from '@backstage/plugin-events-node';
import { deliveryGate, isSignedWith } from '@slipway/plugin-slipway-node';

/** Gitea's own, and the one that Forgejo sends under its own name. */
const SIGNATURES = ['x-gitea-signature', 'x-forgejo-signature'];

/** Lets in only deliveries that were signed with one of the secrets. */
export function verifyDelivery(
  secrets: string[],
  auditor: Pick<AuditorService, 'createEvent'>,
): RequestValidator {
  return deliveryGate({
    topic: 'gitea',
    secrets,
    configured: 'events.modules.gitea.webhookSecrets',
    auditor,
    knows: (secret, { headers, raw }) =>
      isSignedWith(
        secret,
        raw.body,
        SIGNATURES.map(name => headers[name]).find(
          header => typeof header === 'string',
        ),
      ),
  });
}
