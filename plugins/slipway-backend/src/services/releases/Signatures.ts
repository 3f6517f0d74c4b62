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
  /** `v1=` and the HMAC-SHA256 of time, path and body, each on a line of its own, in hexadecimal. */
  signature: string;
  /** Seconds since 1970. */
  timestamp: string;
  /** What is called, as it was sent: below the base of the plugin, so that no proxy before it counts. */
  path: string;
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
   * Whose signature it is. The secrets are tried before anything is looked up: whoever has none learns nothing of what
   * there is. Throws AuthenticationError that doesn't tell an unknown service from a secret that is another one.
   */
  async verify(
    signed: Signed,
    /** What the request is about, where the organization has signed it. */
    subject: (
      organization: string,
    ) => Promise<{ organization: string; service: string }>,
  ): Promise<{ organization: string; name: string }> {
    this.assertInTime(signed.timestamp);
    for (const { organization, name, services } of this.signers(signed)) {
      const about = await subject(organization);
      const mayTell =
        about.organization === organization &&
        (services === undefined || services.includes(about.service));
      if (mayTell) return { organization, name };
    }
    throw new AuthenticationError(
      'The signature is not one for this service. It has to be v1= and the HMAC-SHA256, in lower-case hexadecimal, of the value of ' +
        'Slipway-Timestamp, the path below the base of the plugin (such as /v1alpha1/services/shop/checkout/revisions) and the body, each as it ' +
        'is sent, with a line feed between them, with a secret of slipway.revisions.secrets that is for the service.',
    );
  }

  private assertInTime(timestamp: string): void {
    const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : NaN;
    const age = this.now() - at;
    if (!(Math.abs(age) <= this.toleranceMs)) {
      throw new AuthenticationError(
        Number.isNaN(age)
          ? 'Slipway-Timestamp has to be the time of signing in seconds since 1970.'
          : `The request was signed ${Math.round(Math.abs(age) / 1000)} seconds ${age > 0 ? 'ago' : 'ahead'}; allowed are ${this.toleranceMs / 1000}. Sign it anew, and check the clock.`,
      );
    }
  }

  /**
   * The secrets that signed this. Every one is tried, and none of them ends the loop: so a key can be exchanged without a
   * gap, and the time says nothing.
   */
  private signers({ signature, timestamp, path, body }: Signed) {
    const given = Buffer.from(
      /^v1=([0-9a-f]{64})$/.exec(signature)?.[1] ?? '',
      'hex',
    );
    return this.secrets.filter(({ secret }) => {
      // A path holds no line feed, so nothing can be moved from one part to the other.
      const wanted = createHmac('sha256', secret)
        .update(`${timestamp}\n${path}\n`)
        .update(body)
        .digest();
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  }
}
