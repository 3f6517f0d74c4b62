import type {
  GitAuthor,
  PullRequestHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { ChangeStore } from '../../ports/ChangeStore';
import type { PullRequests } from '../../ports/PullRequests';
import type { Changes } from '../Changes';
import type { GitRepository } from '../GitRepository';
import { PlainChanges } from '../PlainChanges';
import type { Pauses } from '../retry';
import { HostedChanges } from './HostedChanges';
import { HostedPullRequests } from './HostedPullRequests';

/** Knows for each repository who keeps its changes: its host, or the portal itself. */
export class ChangesOfHosts {
  readonly pullRequests: PullRequests;
  readonly #plain: PlainChanges;
  readonly #hosted: Map<PullRequestHost, HostedChanges>;

  constructor(options: {
    store: ChangeStore;
    hosts: PullRequestHost[];
    open: (url: string) => Promise<GitRepository>;
    committer: GitAuthor;
    clock: () => Date;
    pauses: Pauses;
  }) {
    const plain = new PlainChanges(options);
    this.#plain = plain;
    this.#hosted = new Map(
      options.hosts.map(host => [
        host,
        new HostedChanges({ ...options, plain, host }),
      ]),
    );
    this.pullRequests = new HostedPullRequests({
      ...options,
      plain,
      hostOf: url => options.hosts.find(host => host.supports(url)),
    });
  }

  of({ url }: RepositoryRef): Changes {
    for (const [host, changes] of this.#hosted) {
      if (host.supports(url)) return changes;
    }
    return this.#plain;
  }
}
