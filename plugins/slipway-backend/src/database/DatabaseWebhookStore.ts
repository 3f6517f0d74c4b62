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
  toWebhook,
  WEBHOOKS,
  type WebhookRow,
} from './operations/webhooks/row';

/** {@link WebhookStore} in the tables `binding_webhooks` and `webhook_deliveries`. */
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
    return row && toWebhook(row);
  }

  async list(organization?: string): Promise<BindingWebhook[]> {
    const rows: WebhookRow[] = await this.context
      .db(WEBHOOKS)
      .where(organization === undefined ? {} : { organization })
      .orderBy(['organization', 'name']);
    return rows.map(toWebhook);
  }

  intend(
    webhook: Parameters<WebhookStore['intend']>[0],
  ): Promise<BindingWebhook> {
    return intendWebhook(this.context, webhook);
  }

  note(organization: string, name: string, news: WebhookNews): Promise<void> {
    return noteWebhook(this.context, organization, name, news);
  }

  forget(organization: string, name: string): Promise<void> {
    return inTransaction(this.context, undefined, async ({ db }) => {
      await db(DELIVERIES).where({ organization, name }).delete();
      await db(WEBHOOKS).where({ organization, name }).delete();
    });
  }

  receive(
    organization: string,
    name: string,
    delivery: Parameters<WebhookStore['receive']>[2],
  ): Promise<{ isNew: boolean; answersPing: boolean }> {
    return inTransaction(this.context, undefined, context =>
      receiveDelivery(context, organization, name, delivery),
    );
  }
}
