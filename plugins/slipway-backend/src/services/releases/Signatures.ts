import { createHmac, timingSafeEqual } from 'node:crypto';
import { AuthenticationError } from '@backstage/errors';

/** A secret that pipelines of an organization sign with. */
export interface RevisionSecret {
  organization: string;
  /** Who it says somebody is, in commits and in the audit log. */
  name: string;
  secret: string;
  /** Services that it may tell of; all of the organization when absent. */
  services?: string[];
}

/** How a request is signed. */
export interface Signed {
  /** `v1=` and the HMAC-SHA256 of time, dot and body, in hexadecimal. */
  signature: string;
  /** Seconds since 1970. */
  timestamp: string;
  /** The body, byte for byte. */
  body: Buffer;
}

/** Older (or further ahead) than this, a request was held back, or somebody sends it again. */
const DEFAULT_TOLERANCE_MS = 300_000;

/** Checks signatures in constant time. Keeps no secret anywhere but here. */
export class Signatures {
  static create(options: {
    secrets: RevisionSecret[];
    toleranceMs?: number;
    now?: () => number;
  }): Signatures {
    return new Signatures(
      options.secrets,
      options.toleranceMs ?? DEFAULT_TOLERANCE_MS,
      options.now ?? Date.now,
    );
  }

  private constructor(
    private readonly secrets: RevisionSecret[],
    readonly toleranceMs: number,
    private readonly now: () => number,
  ) {}

  /**
   * Whose signature it is. Throws AuthenticationError that doesn't tell an organization without a secret from a secret
   * that is another one.
   */
  verify(
    of: { organization: string; service: string },
    { signature, timestamp, body }: Signed,
  ): { organization: string; name: string } {
    const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : NaN;
    const age = this.now() - at;
    if (!(Math.abs(age) <= this.toleranceMs)) {
      throw new AuthenticationError(
        Number.isNaN(age)
          ? 'Slipway-Timestamp has to be the time of signing in seconds since 1970.'
          : `The request was signed ${Math.round(Math.abs(age) / 1000)} seconds ${age > 0 ? 'ago' : 'ahead'}; allowed are ${this.toleranceMs / 1000}. Sign it anew, and check the clock.`,
      );
    }
    const given = Buffer.from(
      /^v1=([0-9a-f]{64})$/.exec(signature)?.[1] ?? '',
      'hex',
    );
    // Every secret of the organization is tried, and none of them ends the loop: so a key can be exchanged without a gap,
    // and the time says nothing.
    let found: RevisionSecret | undefined;
    for (const secret of this.secrets) {
      if (secret.organization !== of.organization) continue;
      const wanted = createHmac('sha256', secret.secret)
        .update(`${timestamp}.`)
        .update(body)
        .digest();
      const same =
        given.length === wanted.length && timingSafeEqual(given, wanted);
      const mayTell =
        secret.services === undefined || secret.services.includes(of.service);
      if (same && mayTell) found = secret;
    }
    if (!found) {
      throw new AuthenticationError(
        `The signature is not one of ${of.organization} for ${of.service}. It has to be v1= and the HMAC-SHA256, in lower-case hexadecimal, ` +
          'of the value of Slipway-Timestamp, a dot and the body as it is sent, with a secret of slipway.revisions.secrets.',
      );
    }
    return { organization: found.organization, name: found.name };
  }
}
