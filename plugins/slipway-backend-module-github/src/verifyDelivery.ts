import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import type { RequestValidator } from '@backstage/plugin-events-node';
import { deliveryGate, isSignedWith } from '@slipway/plugin-slipway-node';

/** Secrets of webhooks that were made by hand, and of the webhooks that GitHub's apps bring. */
export function secretsOf(config: Config): string[] {
  const github = config.getOptionalConfig('events.modules.github');
  const apps = ScmIntegrations.fromConfig(config)
    .github.list()
    .flatMap(({ config: { apps: known } }) => known ?? []);
  return [
    github?.getOptionalString('webhookSecret'),
    ...(github?.getOptionalStringArray('webhookSecrets') ?? []),
    ...apps.map(({ webhookSecret }) => webhookSecret),
  ].filter(secret => secret !== undefined && secret !== '') as string[];
}

/** Lets in only deliveries that were signed with one of the secrets. */
export function verifyDelivery(
  secrets: string[],
  auditor: Pick<AuditorService, 'createEvent'>,
): RequestValidator {
  return deliveryGate({
    topic: 'github',
    secrets,
    configured:
      'events.modules.github.webhookSecret, webhookSecrets there, and those of the apps of integrations.github',
    auditor,
    knows: (secret, { headers, raw }) =>
      isSignedWith(secret, raw.body, headers['x-hub-signature-256']),
  });
}
