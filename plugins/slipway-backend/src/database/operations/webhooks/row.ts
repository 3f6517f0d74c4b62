import type { WebhookAnswer } from '@slipway/plugin-slipway-node';
import type {
  BindingWebhook,
  WebhookCondition,
} from '../../../ports/WebhookStore';
import { fromJson, fromOptionalJson } from '../../json';
import { toDate, toOptionalDate } from '../../time';

export const WEBHOOKS = 'binding_webhooks';
export const PINGS = 'webhook_pings';
export const DELIVERIES = 'webhook_deliveries';

type Time = Date | number | null;

export interface PingsRow {
  organization: string;
  name: string;
  count: number;
  last_at: Date | number;
}

export interface WebhookRow {
  organization: string;
  name: string;
  host: string;
  repository: string;
  branch: string;
  url: string;
  nonce: string;
  webhook_id: string | null;
  key_id: string | null;
  installed_at: Time;
  checked_at: Time;
  ping_asked_at: Time;
  ping_answered_at: Time;
  answer: string | null;
  last_delivery_at: Time;
  last_event: string | null;
  conditions: string;
}

/** Without keys that have no value. */
const known = <T extends object>(fields: T): T =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;

export function toWebhook(row: WebhookRow, pings?: PingsRow): BindingWebhook {
  return known({
    organization: row.organization,
    name: row.name,
    host: row.host,
    repository: { url: row.repository, branch: row.branch },
    url: row.url,
    nonce: row.nonce,
    webhookId: row.webhook_id ?? undefined,
    keyId: row.key_id ?? undefined,
    installedAt: toOptionalDate(row.installed_at),
    checkedAt: toOptionalDate(row.checked_at),
    pingAskedAt: toOptionalDate(row.ping_asked_at),
    pings: pings && { count: pings.count, lastAt: toDate(pings.last_at) },
    pingAnsweredAt: toOptionalDate(row.ping_answered_at),
    answer: fromOptionalJson<WebhookAnswer>(row.answer),
    lastDeliveryAt: toOptionalDate(row.last_delivery_at),
    lastEvent: row.last_event ?? undefined,
    conditions: fromJson<WebhookCondition[]>(row.conditions),
  });
}
