import type { WebhookNews } from '../../../ports/WebhookStore';
import type { TransactionContext } from '../../context';
import { toJson, toOptionalJson } from '../../json';
import { PINGS, WEBHOOKS } from './row';

/** Writes what became known, and leaves the rest: deliveries are noted in the same row at the same time. */
export async function noteWebhook(
  { db }: TransactionContext,
  organization: string,
  name: string,
  news: WebhookNews,
): Promise<void> {
  const columns = {
    ...(news.webhookId !== undefined && { webhook_id: news.webhookId }),
    ...(news.keyId !== undefined && { key_id: news.keyId }),
    ...(news.installedAt && { installed_at: news.installedAt }),
    ...(news.checkedAt && { checked_at: news.checkedAt }),
    ...(news.pingAskedAt !== undefined && { ping_asked_at: news.pingAskedAt }),
    ...(news.answer !== undefined && { answer: toOptionalJson(news.answer) }),
    ...(news.conditions && { conditions: toJson(news.conditions) }),
  };
  if (Object.keys(columns).length > 0)
    await db(WEBHOOKS).where({ organization, name }).update(columns);
  if (news.pings)
    await db(PINGS)
      .insert({
        organization,
        name,
        count: news.pings.count,
        last_at: news.pings.lastAt,
      })
      .onConflict(['organization', 'name'])
      .merge();
}
