import { sha256 } from '@noble/hashes/sha2';
import { utf8ToBytes } from '@noble/hashes/utils';

/** The longest name of a Kubernetes namespace. */
const NAMESPACE_MAX_LENGTH = 63;

/** 16 characters of base 32 are 80 bits: nobody meets another by chance. */
const HASH_LENGTH = 16;

/**
 * The namespace of an organization.
 *
 * @public
 */
export function organizationNamespace(organization: string): string {
  return `org-${organization}`;
}

/**
 * The namespace of an environment: `<org>--<service>--<environment>`.
 *
 * Names have no `--`, so two environments can't meet. When the joined name is
 * too long, the organization stays whole and the rest becomes the beginning of
 * the service's name and a hash of all three: such a namespace has one `--`,
 * an ordinary one has two, and its organization can still be read from it, so
 * that no organization can reach another's namespace by choosing names.
 *
 * @public
 */
export function environmentNamespace(
  organization: string,
  service: string,
  environment: string,
): string {
  const joined = [organization, service, environment].join('--');
  if (joined.length <= NAMESPACE_MAX_LENGTH) {
    return joined;
  }
  const room = NAMESPACE_MAX_LENGTH - organization.length - 2 - 1 - HASH_LENGTH;
  const start = service.slice(0, room).replace(/-+$/, '');
  return `${organization}--${start}-${shortHash(joined)}`;
}

/**
 * The namespace that an environment has as its spec says: the one that it adopts, else {@link environmentNamespace}.
 *
 * @public
 */
export function declaredNamespace(
  organization: string,
  service: string,
  environment: { name: string; adopt?: { namespace: string } },
): string {
  return (
    environment.adopt?.namespace ??
    environmentNamespace(organization, service, environment.name)
  );
}

/** Crockford's base 32: 32 characters, so that a byte maps without bias. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function shortHash(value: string): string {
  const digest = sha256(utf8ToBytes(value)).slice(0, HASH_LENGTH);
  return Array.from(digest, byte => ALPHABET[byte % 32]).join('');
}
