import type { AuditorService } from '@backstage/backend-plugin-api';
import type { RequestValidator } from '@backstage/plugin-events-node';
import { deliveryGate, isSameSecret } from '@slipway/plugin-slipway-node';

/** Lets in only deliveries that bring one of the secrets: GitLab sends the secret itself. */
export function verifyDelivery(
  secrets: string[],
  auditor: Pick<AuditorService, 'createEvent'>,
): RequestValidator {
  return deliveryGate({
    topic: 'gitlab',
    secrets,
    configured: 'events.modules.gitlab.webhookSecret and webhookSecrets there',
    auditor,
    knows: (secret, { headers }) => {
      const token = headers['x-gitlab-token'];
      return isSameSecret(typeof token === 'string' ? token : '', secret);
    },
  });
}
