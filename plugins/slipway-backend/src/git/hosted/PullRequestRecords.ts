import { ServiceUnavailableError } from '@backstage/errors';
import type {
  HostedChange,
  PullRequest,
  PullRequestHost,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { ChangeStore } from '../../ports/ChangeStore';

/** Keeps the records of changes and the pull requests at their host together. */
export class PullRequestRecords {
  constructor(
    private readonly options: { store: ChangeStore; clock: () => Date },
  ) {}

  /**
   * The change with its pull request, which is opened where it is missing. A host that is down delays it: the branch
   * stands, and the next look opens what belongs to it.
   */
  async linked(
    host: PullRequestHost,
    ref: RepositoryRef,
    change: HostedChange,
  ): Promise<HostedChange> {
    try {
      const { branch, title, description } = change;
      const pull = await host.open(ref, { branch, title, description });
      return await this.seen(host, change, pull);
    } catch (error) {
      if (error instanceof ServiceUnavailableError) return change;
      throw error;
    }
  }

  /** Writes down what the host says of a pull request, without asking for its reviews and checks anew. */
  async seen(
    host: PullRequestHost,
    change: HostedChange,
    pull: PullRequest,
    more: Partial<
      Pick<
        NonNullable<HostedChange['pullRequest']>,
        'reviews' | 'checks' | 'told'
      >
    > = {},
  ): Promise<HostedChange> {
    const { number, url } = pull;
    const before = change.pullRequest;
    const told = more.told ?? before?.told;
    const pullRequest = {
      host: host.type,
      number,
      url,
      reviews: more.reviews ?? before?.reviews ?? [],
      checks: more.checks ?? before?.checks ?? [],
      seenAt: this.options.clock().toISOString(),
      ...(told !== undefined && { told }),
    };
    await this.options.store.observe(change.id, pullRequest);
    return { ...change, pullRequest, number, url };
  }
}
