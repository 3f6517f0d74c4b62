import type { PullRequestHost } from '@slipway/plugin-slipway-node';
import type { PlainRepositories } from '../git';
import type { RepositoryHosts, WebhookHost } from '../ports/RepositoryHosts';

/** The hosts of which there are credentials, and what lies on disk. */
export function repositoryHosts(
  hosts: PullRequestHost[],
  plain?: PlainRepositories,
): RepositoryHosts {
  const withWebhooks: WebhookHost[] = hosts.flatMap(pulls => {
    const { repositories, type } = pulls;
    const known = repositories?.hosts() ?? [];
    return repositories && known.length > 0
      ? [{ type, pulls, repositories, host: known[0], hosts: known }]
      : [];
  });
  const onDisk = plain
    ? [
        {
          type: 'plain',
          repositories: plain,
          host: plain.hosts()[0],
          hosts: plain.hosts(),
        },
      ]
    : [];
  const all = [...withWebhooks, ...onDisk];
  return {
    all: () => all,
    of: integration => all.find(({ type }) => type === integration),
    withWebhooks: () => withWebhooks,
    withWebhooksOf: integration =>
      withWebhooks.find(({ type }) => type === integration),
  };
}
