import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** The section `slipway.revisions`, checked. */
export interface RevisionSettings {
  secrets: Array<{
    organization: string;
    name: string;
    secret: string;
    services?: string[];
  }>;
  toleranceMs: number;
}

/** Shorter ones can be guessed; `openssl rand -hex 32` makes 64. */
const SHORTEST_SECRET = 32;
const DEFAULT_TOLERANCE_SECONDS = 300;
const MAX_TOLERANCE_SECONDS = 3600;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Reads and checks `slipway.revisions`; throws InputError that names the key and never the secret. */
export function readRevisions(config: Config): RevisionSettings {
  const secrets = (
    config.getOptionalConfigArray('revisions.secrets') ?? []
  ).map((item, index) => {
    const key = `slipway.revisions.secrets[${index}]`;
    const name = item.getString('name');
    if (!NAME.test(name)) {
      throw new InputError(
        `${key}.name is '${name}'; allowed are letters, digits, dots, hyphens and underscores, 63 at most.`,
      );
    }
    const secret = item.getString('secret').trim();
    if (secret.length < SHORTEST_SECRET) {
      throw new InputError(
        `${key}.secret has ${secret.length} characters; it has to have ${SHORTEST_SECRET}. Make one with: openssl rand -hex 32`,
      );
    }
    const services = item.getOptionalStringArray('services');
    return {
      organization: item.getString('organization'),
      name,
      secret,
      ...(services && { services }),
    };
  });
  const seconds =
    config.getOptionalNumber('revisions.toleranceSeconds') ??
    DEFAULT_TOLERANCE_SECONDS;
  if (!(seconds >= 1 && seconds <= MAX_TOLERANCE_SECONDS)) {
    throw new InputError(
      `slipway.revisions.toleranceSeconds is ${seconds}; allowed is 1 to ${MAX_TOLERANCE_SECONDS}.`,
    );
  }
  return { secrets, toleranceMs: seconds * 1000 };
}
