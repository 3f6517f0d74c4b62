import {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, UserEntity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { GitAuthor } from '@slipway/plugin-slipway-node';

/** By what somebody is known in Git and at a Git host; all in lower case. */
export interface Self {
  addresses: Set<string>;
  /** At the host that was asked about. */
  logins: Set<string>;
}

/** Who somebody is, for Git and for the record. */
export class Identities {
  constructor(
    private readonly auth: AuthService,
    private readonly catalog: CatalogService,
    private readonly userInfo: UserInfoService,
  ) {}

  /** Entity refs that the caller owns by; empty for services. */
  async ownership(credentials: BackstageCredentials): Promise<string[]> {
    if (!this.auth.isPrincipal(credentials, 'user')) return [];
    return (await this.userInfo.getUserInfo(credentials)).ownershipEntityRefs;
  }

  /** Catalog entity ref of a user; `service:<subject>` of a service. */
  actor(credentials: BackstageCredentials): string {
    if (this.auth.isPrincipal(credentials, 'user'))
      return credentials.principal.userEntityRef;
    if (this.auth.isPrincipal(credentials, 'service'))
      return `service:${credentials.principal.subject}`;
    return 'unknown';
  }

  /** Name and address for commits: the catalog's where it knows the user, else made from the entity ref. */
  async gitAuthor(credentials: BackstageCredentials): Promise<GitAuthor> {
    const actor = this.actor(credentials);
    if (!this.auth.isPrincipal(credentials, 'user')) return fallback(actor);
    try {
      const user = (await this.catalog.getEntityByRef(actor, {
        credentials: await this.auth.getOwnServiceCredentials(),
      })) as UserEntity | undefined;
      const other = fallback(actor);
      return {
        name: user?.spec.profile?.displayName ?? other.name,
        email: user?.spec.profile?.email ?? other.email,
      };
    } catch {
      // The catalog being away must not keep anybody from working; the trailer still names the entity.
      return fallback(actor);
    }
  }

  /**
   * By what the caller is known: the addresses that their commits may have, and their login at a host as the catalog's
   * annotations say (`github.com/user-login`, `<host>/user-login`), else the name of their entity, which is their login
   * where the catalog takes its people from the host. Throws when the catalog can't be asked.
   */
  async self(
    credentials: BackstageCredentials,
    host?: { type: string; name: string },
  ): Promise<Self> {
    const actor = this.actor(credentials);
    const addresses = new Set([fallback(actor).email.toLowerCase()]);
    const logins = new Set<string>();
    if (!this.auth.isPrincipal(credentials, 'user'))
      return { addresses, logins };
    const user = (await this.catalog.getEntityByRef(actor, {
      credentials: await this.auth.getOwnServiceCredentials(),
    })) as UserEntity | undefined;
    const email = user?.spec.profile?.email;
    if (email) addresses.add(email.toLowerCase());
    if (host) {
      const said = [`${host.type}.com/user-login`, `${host.name}/user-login`]
        .map(name => user?.metadata.annotations?.[name])
        .filter(login => login !== undefined);
      for (const login of said.length > 0 ? said : [parseEntityRef(actor).name])
        logins.add(login.toLowerCase());
    }
    return { addresses, logins };
  }
}

function fallback(actor: string): GitAuthor {
  const name = actor.startsWith('service:')
    ? actor.slice('service:'.length)
    : parseEntityRef(actor).name;
  const local = name.replace(/[^A-Za-z0-9._-]/g, '-');
  // `.invalid` never belongs to anybody (RFC 2606).
  return { name, email: `${local}@users.slipway.invalid` };
}
