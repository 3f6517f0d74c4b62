import type { WebhookStore } from '../../../ports/WebhookStore';
import type { TransactionContext } from '../../context';
import { DELIVERIES, WEBHOOKS } from './row';

/**
 * Notes a delivery. Survives the same one at two replicas at once: the primary key lets one of them in. Survives one
 * that comes before the host has said that it sent it: a ping is noted as asked before the host is asked.
 */
export async function receiveDelivery(
  { db, clock }: TransactionContext,
  organization: string,
  name: string,
  { digest, event, keepMs }: Parameters<WebhookStore['receive']>[2],
): Promise<{ isNew: boolean; answersPing: boolean }> {
  await db(DELIVERIES).where('forget_at', '<', clock.sql(db)).delete();
  const created: unknown[] = await db(DELIVERIES)
    .insert({ organization, name, digest, forget_at: clock.sql(db, keepMs) })
    .onConflict(['organization', 'name', 'digest'])
    .ignore()
    .returning('digest');
  const isNew = created.length > 0;
  const seen = { last_delivery_at: clock.sql(db), last_event: event };
  const answered: number = await db(WEBHOOKS)
    .where({ organization, name })
    .whereNotNull('ping_asked_at')
    .andWhere(own =>
      own
        .whereNull('ping_answered_at')
        .orWhereRaw('ping_answered_at < ping_asked_at'),
    )
    .update({ ...seen, ping_answered_at: clock.sql(db) });
  if (answered === 0 && isNew)
    await db(WEBHOOKS).where({ organization, name }).update(seen);
  return { isNew, answersPing: answered > 0 };
}
