import type { BindingWebhook, WebhookStore } from '../../../ports/WebhookStore';
import type { DatabaseContext } from '../../context';
import { toWebhook, WEBHOOKS, type WebhookRow } from './row';

/**
 * Notes that a webhook is wanted. Survives two runs at once, and one that died before it installed anything: the primary
 * key lets the first one in, and the other takes its nonce.
 */
export async function intendWebhook(
  { db }: DatabaseContext,
  webhook: Parameters<WebhookStore['intend']>[0],
): Promise<BindingWebhook> {
  const { organization, name, host, repository, url, nonce } = webhook;
  await db(WEBHOOKS)
    .insert({
      organization,
      name,
      host,
      repository: repository.url,
      branch: repository.branch,
      url,
      nonce,
      conditions: '[]',
    })
    .onConflict(['organization', 'name'])
    .ignore();
  const row: WebhookRow = await db(WEBHOOKS)
    .where({ organization, name })
    .first();
  return toWebhook(row);
}
