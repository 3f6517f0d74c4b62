import type { Organization, ServiceSpec } from '@slipway/plugin-slipway-common';
import { repositoryKey } from '@slipway/plugin-slipway-node';

/** Where the code of organizations lives, by the kind of their Git host. */
export interface CodeHosts {
  /** Host names by integration, as configured. */
  hosts: Record<string, string[]>;
  /** `slipway.git.plainBaseUrl`. */
  plainBaseUrl?: string;
}

/**
 * The repositories that a service is built from, as `repositoryKey` writes them. Only those of its organization: a spec
 * may name any repository, and must not thereby show the runs of somebody else's.
 */
export function repositoriesOf(
  organization: Organization,
  service: ServiceSpec,
  { hosts, plainBaseUrl }: CodeHosts,
): string[] {
  const { integration, namespace } = organization.spec.gitHost;
  const roots = (
    integration === 'plain'
      ? [plainBaseUrl && repositoryKey(plainBaseUrl)]
      : (hosts[integration] ?? [])
  ).filter((root): root is string => !!root);
  const own = roots.map(root => `${root}/${namespace.toLowerCase()}/`);
  const keys = service.spec.workloads.flatMap(({ source }) =>
    source ? keysOf(source.repository, namespace, roots) : [],
  );
  return [...new Set(keys)].filter(key =>
    own.some(prefix => key.startsWith(prefix)),
  );
}

function keysOf(
  repository: string,
  namespace: string,
  roots: string[],
): string[] {
  if (repository.includes('://')) return [repositoryKey(repository) ?? ''];
  const path = repository.includes('/')
    ? repository
    : `${namespace}/${repository}`;
  return roots.map(root => `${root}/${path}`.toLowerCase());
}
