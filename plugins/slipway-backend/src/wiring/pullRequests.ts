import { ConflictError } from '@backstage/errors';
import {
  type HostedChange,
  type PullRequestHost,
  type PullRequestHostsExtensionPoint,
  type RepositoryNews,
  repositoryPath,
} from '@slipway/plugin-slipway-node';
import {
  GITOPS_PULLS,
  pullsKey,
  type PullRequestReport,
} from '../ports/PullRequests';
import { GatheredMarks } from '../reconcile/engine';
import { GITOPS_KEY } from '../reconcile/gitops/GitopsReconciler';
import { PullsReconciler } from '../reconcile/pulls/PullsReconciler';
import { pullRequestReport } from '../services/changes/pullRequestReport';
import { Adapters } from './adapters';
import { Dependencies } from './dependencies';
import { Parts } from './parts';

/** The Git hosts that modules have added. */
export class PullRequestHosts implements PullRequestHostsExtensionPoint {
  private readonly hosts = new Map<string, PullRequestHost>();
  private listener: (news: RepositoryNews) => void = () => {};

  addHost(host: PullRequestHost): void {
    if (this.hosts.has(host.type)) {
      throw new ConflictError(
        `There is a Git host '${host.type}' already; install its module once.`,
      );
    }
    this.hosts.set(host.type, host);
  }

  heard(news: RepositoryNews): void {
    this.listener(news);
  }

  onNews(listener: (news: RepositoryNews) => void): void {
    this.listener = listener;
  }

  all(): PullRequestHost[] {
    return [...this.hosts.values()];
  }
}

/** A host that delivers without a pause is looked at this often, and each look costs requests of its limit. */
const NEWS_PAUSE_MS = 1_000;

/** Looks after the pull requests of the repositories that Slipway works with. */
export function assemblePullRequests(
  { config, logger, pullRequestHosts, settings }: Dependencies,
  { host, signals, stores }: Adapters,
  { changes }: Parts,
): { reconciler: PullsReconciler; start(): Promise<void>; stop(): void } {
  const base = config.getOptionalString('app.baseUrl')?.replace(/\/+$/, '');
  const report = async (change: HostedChange): Promise<PullRequestReport> => {
    const { allowed, plan, conflicts } = await changes.get(change.id);
    return pullRequestReport({
      plan,
      conflicts,
      // The state alone is asked, nobody's rights: whoever merges at the host is held to what holds here.
      ...(!allowed.merge && { missing: allowed.reasons.merge }),
      ...(base && {
        link: `${base}/slipway/change-requests/${encodeURIComponent(change.id)}`,
      }),
    });
  };
  const [platform] = settings.sources;
  const repositories = [
    {
      id: platform.id,
      repository: platform.repository,
      report,
      keysAfterEnd: [`source:${platform.id}`],
    },
    {
      id: GITOPS_PULLS,
      repository: settings.gitops.delivery.target,
      report,
      keysAfterEnd: [GITOPS_KEY],
    },
  ];
  const keys = repositories.map(({ id }) => pullsKey(id));
  const news = new GatheredMarks({
    mark: named => stores.queue.mark(named),
    failed: ({ message }) =>
      logger.warn(
        `News of a repository can't be queued, and are queued later: ${message}`,
      ),
    pauseMs: NEWS_PAUSE_MS,
  });
  return {
    reconciler: new PullsReconciler({
      pulls: host.pullRequests,
      repositories,
      queue: stores.queue,
      pollMs: settings.pollMs,
      changed: ids =>
        signals.changed(['changes', ...ids.map(id => `change:${id}`)]),
      logger,
    }),
    async start() {
      pullRequestHosts.onNews(({ repository }) => {
        const concerned = repositories
          .filter(it => isSame(it.repository.url, repository))
          .flatMap(it => [pullsKey(it.id), ...it.keysAfterEnd]);
        if (concerned.length > 0) news.add(concerned);
      });
      await stores.queue.mark(keys);
    },
    stop() {
      pullRequestHosts.onNews(() => {});
      news.stop();
    },
  };
}

/** Whether two spellings mean one repository; a path on disk has no host that could tell anything. */
function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [repositoryPath(one), repositoryPath(other)];
    return (
      a.host === b.host &&
      `${a.owner}/${a.name}`.toLocaleLowerCase('en-US') ===
        `${b.owner}/${b.name}`.toLocaleLowerCase('en-US')
    );
  } catch {
    return false;
  }
}
