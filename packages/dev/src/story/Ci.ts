import { createHmac } from 'node:crypto';
import type { Portal } from '../lib/portal.ts';

/** What a build pipeline knows: the address of the portal, and the secret of its organization. */
export class Ci {
  readonly #portal: Portal;
  readonly #secret: string;

  constructor(portal: Portal, secret: string) {
    this.#portal = portal;
    this.#secret = secret;
  }

  /** Hands over a revision, signed; gives the status and what was answered. */
  async report(
    service: string,
    report: { revision: string; message?: string; createdAt?: string },
    secret = this.#secret,
  ): Promise<{ status: number; body: string }> {
    const at = `${Math.floor(Date.now() / 1000)}`;
    const text = JSON.stringify({ branch: 'main', ...report });
    const path = `/v1alpha1/services/${service}/revisions`;
    const signature = createHmac('sha256', secret)
      .update([at, path, text].join('\n'))
      .digest('hex');
    const response = await fetch(
      `${this.#portal.backendUrl}/api/slipway${path}`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'slipway-timestamp': at,
          'slipway-signature': `v1=${signature}`,
        },
        body: text,
      },
    );
    return { status: response.status, body: await response.text() };
  }
}
