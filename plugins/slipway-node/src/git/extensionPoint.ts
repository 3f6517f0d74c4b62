import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { PullRequestHost, RepositoryNews } from './PullRequestHost';

/**
 * Where a module adds a Git host with pull requests.
 *
 * @public
 */
export interface PullRequestHostsExtensionPoint {
  /** Throws when there is a host of this type already. */
  addHost(host: PullRequestHost): void;
  /**
   * Tells that something happened in a repository: it is looked at now instead of at the next poll. Only a hint, so a
   * delivery that comes twice, late, or out of order does no harm.
   */
  heard(news: RepositoryNews): void;
}

/**
 * Extension point of the plugin `slipway` for {@link PullRequestHost}s.
 *
 * @public
 */
export const pullRequestHostsExtensionPoint =
  createExtensionPoint<PullRequestHostsExtensionPoint>({
    id: 'slipway.pullRequestHosts',
  });
