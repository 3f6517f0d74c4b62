import type { Transaction } from '../ports/Transaction';
import type {
  BindingWebhook,
  WebhookNews,
  WebhookStore,
} from '../ports/WebhookStore';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { intendWebhook } from './operations/webhooks/intendWebhook';
import { noteWebhook } from './operations/webhooks/noteWebhook';
import { receiveDelivery } from './operations/webhooks/receiveDelivery';
import {
  DELIVERIES,
  PINGS,
  type PingsRow,
  toWebhook,
  WEBHOOKS,
  type WebhookRow,
} from './operations/webhooks/row';

/** {@link WebhookStore} in the tables `binding_webhooks`, `webhook_pings` and `webhook_deliveries`. */
export class DatabaseWebhookStore implements WebhookStore {
  static create(options: StoreOptions): DatabaseWebhookStore {
    return new DatabaseWebhookStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  async get(
    organization: string,
    name: string,
  ): Promise<BindingWebhook | undefined> {
    const row: WebhookRow | undefined = await this.context
      .db(WEBHOOKS)
      .where({ organization, name })
      .first();
    const pings: PingsRow | undefined =
      row &&
      (await this.context.db(PINGS).where({ organization, name }).first());
    return row && toWebhook(row, pings);
  }

  async list(organization?: string): Promise<BindingWebhook[]> {
    const of = organization === undefined ? {} : { organization };
    const rows: WebhookRow[] = await this.context
      .db(WEBHOOKS)
      .where(of)
      .orderBy(['organization', 'name']);
    const pings: PingsRow[] = await this.context.db(PINGS).where(of);
    const id = (row: { organization: string; name: string }) =>
      `${row.organization}/${row.name}`;
    const pingsOf = new Map(pings.map(row => [id(row), row]));
    return rows.map(row => toWebhook(row, pingsOf.get(id(row))));
  }

  intend(
    webhook: Parameters<WebhookStore['intend']>[0],
  ): Promise<BindingWebhook> {
    return intendWebhook(this.context, webhook);
  }

  note(organization: string, name: string, news: WebhookNews): Promise<void> {
    return inTransaction(this.context, undefined, context =>
      noteWebhook(context, organization, name, news),
    );
  }

  forget(organization: string, name: string): Promise<void> {
    return inTransaction(this.context, undefined, async ({ db }) => {
      await db(DELIVERIES).where({ organization, name }).delete();
      await db(PINGS).where({ organization, name }).delete();
      await db(WEBHOOKS).where({ organization, name }).delete();
    });
  }

  receive(
    organization: string,
    name: string,
    delivery: Parameters<WebhookStore['receive']>[2],
    trx?: Transaction,
  ): Promise<{ isNew: boolean; answersPing: boolean }> {
    return inTransaction(this.context, trx, context =>
      receiveDelivery(context, organization, name, delivery),
    );
  }
}
