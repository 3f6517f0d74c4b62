import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The section `slipway.webhooks`, checked. */
export interface WebhookSettings {
  /** What the secrets of webhooks are made with; without one no webhook is installed. */
  key?: string;
  /** Where Git hosts reach the plugin, without a slash at the end. */
  baseUrl: string;
}

/** Shorter ones can be guessed; `openssl rand -hex 32` makes 64. */
const SHORTEST_KEY = 32;

/** Reads and checks `slipway.webhooks`; throws InputError that names the key and never what it holds. */
export function readWebhooks(root: Config): WebhookSettings {
  const key = root.getOptionalString('slipway.webhooks.key')?.trim();
  if (key !== undefined && key.length < SHORTEST_KEY) {
    throw new InputError(
      `slipway.webhooks.key has ${key.length} characters; it has to have ${SHORTEST_KEY}. Make one with: openssl rand -hex 32`,
    );
  }
  const given = root.getOptionalString('slipway.webhooks.baseUrl');
  const base =
    given ??
    `${(root.getOptionalString('backend.baseUrl') ?? 'http://localhost:7007').replace(/\/+$/, '')}/api/slipway`;
  if (!/^https?:\/\//.test(base) || !URL.canParse(base)) {
    throw new InputError(
      `slipway.webhooks.baseUrl is '${base}'; it has to be the http or https address at which Git hosts reach /api/slipway.`,
    );
  }
  return { ...(key && { key }), baseUrl: base.replace(/\/+$/, '') };
}
