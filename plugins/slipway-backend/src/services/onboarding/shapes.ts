import type {
  ApiAllowance,
  ApiBinding,
  ApiOnboardingPreview,
  ApiRepository,
  RepoBinding,
} from '@slipway/plugin-slipway-common';
import type { FoundRepository } from '@slipway/plugin-slipway-node';
import type { Obstacle } from '../../domain/onboarding/places';
import type { PlatformResource } from '../../domain/platform/PlatformState';
import type { SearchableHost, WebhookHost } from '../../ports/RepositoryHosts';
import type { BindingWebhook } from '../../ports/WebhookStore';

export function shapeRepository(
  integration: string,
  { updatedAt, ...repository }: FoundRepository,
  boundTo: string | undefined,
): ApiRepository {
  return {
    ...repository,
    integration,
    ...(updatedAt && { updatedAt: new Date(updatedAt).toISOString() }),
    ...(boundTo && { boundTo }),
  };
}

/** What the form says of the webhook before anything is opened. */
export function whatBecomesOfTheWebhook(
  { host }: SearchableHost,
  webhooks: WebhookHost | undefined,
  { owner, name, archived }: FoundRepository,
  has: { key: boolean; pollSeconds: number },
  url: string,
): ApiOnboardingPreview['webhook'] {
  if (archived) {
    return {
      installs: false,
      message: `${owner}/${name} is archived: nothing can be pushed to it, and ${host} takes no webhook.`,
    };
  }
  if (!webhooks) {
    return {
      installs: false,
      message: `${owner}/${name} gets no webhook, as plain Git has none; it is looked at every ${has.pollSeconds} seconds.`,
    };
  }
  if (!has.key) {
    return {
      installs: false,
      message: `No webhook is installed, as slipway.webhooks.key is not set; the repository is looked at every ${has.pollSeconds} seconds.`,
    };
  }
  return {
    installs: true,
    url,
    message: `After the merge Slipway installs a webhook in ${owner}/${name}, proves it by a ping, and removes it with the binding. The credentials need ${webhooks.repositories.webhookRight}.`,
  };
}

export function shapeBinding(
  resource: PlatformResource,
  webhook: BindingWebhook | undefined,
  obstacle: Obstacle | undefined,
  ping: ApiAllowance,
  page: string | undefined,
): ApiBinding {
  const spec = (resource.value as RepoBinding | undefined)?.spec;
  const conditions: ApiBinding['conditions'] = obstacle
    ? [
        {
          type: 'WebhookInstalled',
          status: obstacle.reason === 'PollingUsed' ? 'Unknown' : 'False',
          reason: obstacle.reason,
          message: obstacle.message,
        },
      ]
    : (webhook?.conditions ?? []);
  const time = (key: string, at: Date | undefined) =>
    at ? { [key]: at.toISOString() } : {};
  return {
    organization: resource.organization,
    name: resource.name,
    path: resource.path,
    repository: {
      owner: spec?.repository.owner ?? '',
      name: spec?.repository.name ?? resource.name,
      branch: spec?.repository.branch ?? '',
      ...(page && { page }),
    },
    pipeline: spec?.pipeline.template ?? '',
    conditions,
    ...(webhook && { webhookUrl: webhook.url }),
    ...time('pingAskedAt', webhook?.pingAskedAt),
    ...time('pingAnsweredAt', webhook?.pingAnsweredAt),
    ...(webhook?.answer && { answer: webhook.answer }),
    ...time('lastDeliveryAt', webhook?.lastDeliveryAt),
    ...(webhook?.lastEvent && { lastEvent: webhook.lastEvent }),
    ping,
  };
}
