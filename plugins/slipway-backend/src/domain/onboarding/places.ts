import type { Organization, RepoBinding } from '@slipway/plugin-slipway-common';

/** Key of the reconciler that looks after a binding's webhook. */
export const webhookKey = (organization: string, name: string): string =>
  `webhook:${organization}/${name}`;

/**
 * Whether an owner at a Git host is the organization's: its namespace, or one below it. The credentials of Slipway see
 * more than any one organization may.
 */
export function isInside(namespace: string, owner: string): boolean {
  const [outer, inner] = [namespace, owner].map(text =>
    text.toLocaleLowerCase('en-US'),
  );
  return inner === outer || inner.startsWith(`${outer}/`);
}

/**
 * Why nothing of another host of the same type can be bound: an organization names a type and no host, so its
 * repositories would be looked for at the first one, where another may be of the same name.
 */
export function elsewhere(
  { type, host }: { type: string; host: string },
  asked: string,
): string {
  return `Repositories of ${asked} can't be bound: organizations with gitHost.integration: ${type} live at ${host}, the first of integrations.${type} with credentials. Put ${asked} first, or bind it in a portal of its own.`;
}

/** What is in the way of a webhook. */
export interface Obstacle {
  reason: string;
  message: string;
  /** Somebody may mend it at any time, so what is installed stays. */
  passes: boolean;
}

/** Why a bound repository gets no webhook, whatever its host says; undefined when it may have one. */
export function obstacleOf(
  organization: Organization | undefined,
  binding: RepoBinding,
  has: { host: boolean; key: boolean; pollSeconds: number },
): Obstacle | undefined {
  const { owner, name } = binding.spec.repository;
  if (!organization) {
    return {
      reason: 'WebhookWithoutOrganization',
      passes: true,
      message: `There is no valid organization ${binding.spec.organization}, so where ${owner}/${name} lives is not known.`,
    };
  }
  const { integration, namespace } = organization.spec.gitHost;
  if (integration === 'plain') {
    return {
      reason: 'PollingUsed',
      passes: false,
      message: `Plain Git has no webhooks. Repositories are looked at every ${has.pollSeconds} seconds.`,
    };
  }
  if (!has.host) {
    return {
      reason: 'PollingUsed',
      passes: true,
      message: `No credentials for ${integration} are in integrations, or its module is not installed. Repositories are looked at every ${has.pollSeconds} seconds.`,
    };
  }
  if (!isInside(namespace, owner)) {
    return {
      reason: 'RepositoryOfSomebodyElse',
      passes: false,
      message: `${owner}/${name} is not in ${namespace}/, where the code of ${organization.metadata.name} lives. Bind a repository of that, or change gitHost.namespace.`,
    };
  }
  if (!has.key) {
    return {
      reason: 'WebhookKeyMissing',
      passes: true,
      message: `Without slipway.webhooks.key nothing can be signed. Make one with: openssl rand -hex 32. Until then repositories are looked at every ${has.pollSeconds} seconds.`,
    };
  }
  return undefined;
}
