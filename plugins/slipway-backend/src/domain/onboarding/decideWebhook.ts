import type { RepositoryRef } from '@slipway/plugin-slipway-node';
import type { BindingWebhook } from '../../ports/WebhookStore';

/** A ping takes a second; a host that is busy half a minute. */
export const PING_WAIT_MS = 30_000;
/** So many have to stay without an answer: the process that was to take the first may have ended meanwhile. */
export const PINGS = 2;
/** What nobody answered is tried again, as somebody may have opened the way; a host that can't reach us is asked rarely. */
export const PING_AGAIN_MS = 600_000;
/** Somebody may have taken it away at the host. */
export const CHECK_MS = 3_600_000;
/** Rights change by hand. */
export const REFUSED_MS = 600_000;

/** What a run has seen. */
export interface WebhookObservation {
  now: Date;
  /** What is declared; undefined where no binding is, or none that may have a webhook. */
  wanted?: {
    host: string;
    repository: RepositoryRef;
    url: string;
    keyId: string;
  };
  /** What was noted. */
  known?: BindingWebhook;
}

/** The one thing to do next. */
export type WebhookDecision =
  | { do: 'nothing' }
  | { do: 'remove'; webhook: BindingWebhook }
  | { do: 'install' }
  | { do: 'check'; webhook: BindingWebhook }
  | { do: 'ping'; webhook: BindingWebhook }
  | { do: 'wait'; webhook: BindingWebhook; afterMs: number }
  | { do: 'despair'; webhook: BindingWebhook; afterMs: number }
  | { do: 'rest'; webhook: BindingWebhook; afterMs: number };

/** What to do next for the webhook of a binding, in this order. */
export function decideWebhook({
  now,
  wanted,
  known,
}: WebhookObservation): WebhookDecision {
  if (!known) return { do: wanted ? 'install' : 'nothing' };
  const isOther =
    !wanted ||
    wanted.url !== known.url ||
    wanted.host !== known.host ||
    wanted.repository.url !== known.repository.url;
  if (isOther) return { do: 'remove', webhook: known };
  if (known.webhookId === undefined || known.keyId !== wanted.keyId)
    return { do: 'install' };
  const since = (at: Date | undefined) =>
    at === undefined ? Infinity : now.getTime() - at.getTime();
  if (since(known.checkedAt) >= CHECK_MS)
    return { do: 'check', webhook: known };
  const { pingAskedAt, pings } = known;
  if (pingAskedAt === undefined) return { do: 'ping', webhook: known };
  const asked = since(pingAskedAt);
  if (since(known.pingAnsweredAt) <= asked) {
    return {
      do: 'rest',
      webhook: known,
      afterMs: CHECK_MS - since(known.checkedAt),
    };
  }
  // It was to be asked, and nobody knows whether it was.
  if (!pings || pings.lastAt < pingAskedAt)
    return { do: 'ping', webhook: known };
  if (asked < PING_WAIT_MS)
    return { do: 'wait', webhook: known, afterMs: PING_WAIT_MS - asked };
  const again = pingAgainMs(pings.count);
  if (pings.count >= PINGS && asked < again)
    return { do: 'despair', webhook: known, afterMs: again - asked };
  return { do: 'ping', webhook: known };
}

/** How long after so many pings without an answer the next follows: a minute after the second, then twice as long each time. */
function pingAgainMs(count: number): number {
  return Math.min(PING_WAIT_MS * 2 ** (count - 1), PING_AGAIN_MS);
}
