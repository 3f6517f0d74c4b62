import { z } from 'zod';

/**
 * The longest name of an organization, service, workload, database or
 * environment.
 *
 * Kubernetes allows 63 characters for most object names and label values, but
 * its controllers append to them (a CronJob's Jobs up to 11 characters, a
 * StatefulSet's revision label up to 11), and we add a suffix of our own for
 * objects that belong to a workload (`-credentials`, 12). 63 - 11 - 12 = 40.
 * Namespaces, which join three names, are hashed when they pass 63.
 *
 * @public
 */
export const NAME_MAX_LENGTH = 40;

/**
 * DNS-1123 label without `--`, so that names joined by `--` can't collide.
 *
 * @public
 */
export const NAME_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * As {@link NAME_PATTERN}, but starting with a letter: the name becomes a
 * Service's, and before Kubernetes 1.34 those are DNS-1035 labels.
 *
 * @public
 */
export const SERVICE_NAME_PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/*
 * Every pattern below must mean the same in JavaScript and in RE2, because
 * the CRDs carry it: no lookahead, no backreference. A path segment starts
 * with at most one dot, which is what keeps `..` out, and never with a hyphen,
 * so that no command takes it for an option.
 */
const SEGMENT = '\\.?[A-Za-z0-9_@+][A-Za-z0-9._@+-]*';
const DNS_LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const HOST = `${DNS_LABEL}(\\.${DNS_LABEL})+`;
const PLAIN_NAME = '[a-z0-9]+(-[a-z0-9]+)*';
const PORT = '[1-9][0-9]{0,4}';
const REF_PART = '[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*';
const BRANCH_SEGMENT = '[A-Za-z0-9_][A-Za-z0-9_#@+-]*(\\.[A-Za-z0-9_#@+-]+)*';

/**
 * A list whose items have names, so that tools merge it by name and not by
 * place.
 *
 * @internal
 */
export function namedList<T extends z.ZodType>(item: T, max: number) {
  return z
    .array(item)
    .max(max)
    .meta({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    });
}

/** A string that has to match a pattern; `allowed` says in words what it takes. */
function text(pattern: RegExp, max: number, allowed: string) {
  return z.string().max(max).regex(pattern, { error: allowed });
}

/** @internal */
export const name = () =>
  text(
    NAME_PATTERN,
    NAME_MAX_LENGTH,
    `lower-case letters and digits, joined by single hyphens, at most ${NAME_MAX_LENGTH} characters`,
  );

/** @internal */
export const serviceName = () =>
  text(
    SERVICE_NAME_PATTERN,
    NAME_MAX_LENGTH,
    `lower-case letters and digits, joined by single hyphens, starting with a letter, at most ${NAME_MAX_LENGTH} characters`,
  );

/** The name of a Kubernetes object that is not ours, such as a Secret. @internal */
export const objectName = () =>
  text(
    new RegExp(`^${DNS_LABEL}(\\.${DNS_LABEL})*$`),
    253,
    'the name of a Kubernetes object: lower-case letters, digits, hyphens and dots',
  );

/** @internal */
export const entityRef = () =>
  text(
    new RegExp(`^([A-Za-z][A-Za-z0-9]*:)?(${REF_PART}/)?${REF_PART}$`),
    193,
    'a catalog entity reference such as group:default/payments',
  );

/** @internal */
export const duration = () =>
  text(
    /^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$/,
    64,
    'a Go duration such as 30m, 72h or 1h30m (hours are the largest unit)',
  );

/** @internal */
export const cpu = () =>
  text(
    /^([0-9]+(\.[0-9]{1,3})?|[0-9]+m)$/,
    20,
    "a number of CPU cores such as '2', '0.5' or 500m",
  );

/** @internal */
export const bytes = () =>
  text(
    /^([0-9]+(\.[0-9]+)?)([eE][+]?[0-9]{1,2}|[kMGTPE]|[KMGTPE]i)?$/,
    32,
    'a size such as 512Mi, 1.5Gi or 10G',
  );

/** @internal */
export const hostname = () =>
  text(
    new RegExp(`^${HOST}$`),
    253,
    'a full host name in lower case such as shop.example.com',
  );

/** @internal */
export const relativePath = () =>
  text(
    new RegExp(`^(\\.|${SEGMENT}(/${SEGMENT})*)$`),
    512,
    'a relative path with forward slashes and without .. (a single dot is the root)',
  );

/** @internal */
export const absolutePath = () =>
  text(
    new RegExp(`^(/${SEGMENT})+$`),
    512,
    'an absolute path such as /var/cache, without ..',
  );

/** @internal */
export const urlPath = () =>
  text(
    /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/,
    512,
    'a URL path that starts with a slash',
  );

/** @internal */
export const branch = () =>
  text(
    new RegExp(`^${BRANCH_SEGMENT}(/${BRANCH_SEGMENT})*$`),
    200,
    'the name of a Git branch such as main or release/1.2',
  );

/** @internal */
export const gitRepository = () =>
  text(
    new RegExp(
      `^((https?://|ssh://(git@)?)[A-Za-z0-9.-]+(:${PORT})?(/${SEGMENT})+|${SEGMENT}(/${SEGMENT})*)$`,
    ),
    512,
    "the repository's name or path at the organization's Git host, or an https:// or ssh:// URL without credentials",
  );

/** @internal */
export const imageRepository = () =>
  text(
    new RegExp(
      `^([A-Za-z0-9.-]+(:${PORT})?/)?[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$`,
    ),
    255,
    'an image repository without tag or digest such as registry.example.com/shop/cart',
  );

/** @internal */
export const variableName = () =>
  text(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    128,
    'the name of an environment variable: letters, digits and underscores, not starting with a digit',
  );

/** @internal */
export const portNumber = () => z.int().min(1).max(65535);

/**
 * What a workload talks to: `cart` (of this service), `org/service[/workload]`
 * or `host.example.com:443`.
 *
 * @internal
 */
export const need = () =>
  text(
    new RegExp(
      `^(${PLAIN_NAME}|${PLAIN_NAME}(/${PLAIN_NAME}){1,2}|${HOST}:${PORT})$`,
    ),
    260,
    'a workload or database of this service, organization/service[/workload], or host:port',
  );

/** The schema of an amount of money. @public */
export const moneySchema = z
  .strictObject({
    cents: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .describe('The amount in hundredths of the currency.'),
    currency: text(/^[A-Z]{3}$/, 3, 'an ISO 4217 currency code such as USD')
      .default('USD')
      .describe('The currency as its ISO 4217 code.'),
  })
  .describe('An amount of money in whole cents.');

/**
 * An amount of money in whole cents.
 *
 * @public
 */
export type Money = z.output<typeof moneySchema>;

/** The schema of a reference to a secret. @public */
export const secretReferenceSchema = z
  .strictObject({
    vault: text(
      new RegExp(`^${SEGMENT}(/${SEGMENT})*#[A-Za-z0-9_.-]+$`),
      512,
      'path#key, for example shop/payments#api-key',
    )
      .optional()
      .describe(
        "Path and key in the organization's Vault, joined by a #. Excludes the other fields.",
      ),
    store: objectName()
      .optional()
      .describe('The External Secrets store to read from.'),
    key: z
      .string()
      .min(1)
      .max(512)
      .optional()
      .describe('The name of the secret in the store.'),
    property: z
      .string()
      .min(1)
      .max(253)
      .optional()
      .describe('The property of that secret, where it has several.'),
  })
  .meta({
    description:
      'Where a secret is kept: either a Vault path and key, or a store with a key. The value itself is never written here.',
    'x-kubernetes-validations': [
      {
        rule: 'has(self.vault) ? !has(self.store) && !has(self.key) && !has(self.property) : has(self.store) && has(self.key)',
        message: 'give either vault, or store and key',
      },
    ],
  });

/**
 * Where a secret is kept.
 *
 * @public
 */
export type SecretReference = z.output<typeof secretReferenceSchema>;

export { text as patternText };
