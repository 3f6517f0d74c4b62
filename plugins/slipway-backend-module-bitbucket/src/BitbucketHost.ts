import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  type BitbucketCloudIntegrationConfig,
  getBitbucketCloudOAuthToken,
} from '@backstage/integration';
import {
  type CommitCheck,
  type HostLimit,
  type InstalledWebhook,
  type PullRequest,
  type PullRequestHost,
  type PullRequestReview,
  type RepositoryHost,
  repositoryHost,
  repositoryPath,
  type RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { BitbucketRepositories } from './BitbucketRepositories';
import { FullHashes } from './FullHashes';
import { pageOf, type Place, Places, question, quoted } from './places';
import {
  type BitbucketComment,
  type BitbucketHook,
  type BitbucketPull,
  type BitbucketStatus,
  hasMarker,
  keyOf,
  reviewsOf,
  toCheck,
  toMarkdown,
  toPullRequest,
  toStatus,
} from './shapes';

/** Bitbucket gives no more pull requests at once. */
const PULLS_A_PAGE = '50';
const PAGE = { pagelen: '100' };
const EVENTS = [
  'repo:push',
  'repo:commit_status_created',
  'repo:commit_status_updated',
  'pullrequest:created',
  'pullrequest:updated',
  'pullrequest:approved',
  'pullrequest:unapproved',
  'pullrequest:changes_request_created',
  'pullrequest:changes_request_removed',
  'pullrequest:fulfilled',
  'pullrequest:rejected',
];

/**
 * {@link PullRequestHost} of Bitbucket Cloud, with the credentials of `integrations.bitbucketCloud`.
 *
 * @public
 */
export class BitbucketHost implements PullRequestHost {
  readonly type = 'bitbucket';
  readonly repositories: RepositoryHost;
  readonly #places: Places;
  readonly #hashes = new FullHashes();

  static create(configs: BitbucketCloudIntegrationConfig[]): BitbucketHost {
    return new BitbucketHost(configs);
  }

  private constructor(configs: BitbucketCloudIntegrationConfig[]) {
    this.#places = new Places(configs);
    this.repositories = new BitbucketRepositories(this.#places);
  }

  supports(url: string): boolean {
    return this.#places.configs.has(repositoryHost(url) ?? '');
  }

  async credentials(
    url: string,
  ): Promise<{ username: string; password: string } | undefined> {
    const config = this.#places.configs.get(repositoryPath(url).host);
    if (!config) return undefined;
    const { clientId, clientSecret, username, token, appPassword } = config;
    if (clientId && clientSecret) {
      const password = await getBitbucketCloudOAuthToken(
        clientId,
        clientSecret,
      );
      return { username: 'x-token-auth', password };
    }
    if (token)
      return { username: 'x-bitbucket-api-token-auth', password: token };
    return username && appPassword
      ? { username, password: appPassword }
      : undefined;
  }

  async open(
    repository: RepositoryRef,
    input: { branch: string; title: string; description: string },
  ): Promise<PullRequest> {
    const { branch, description } = input;
    const title = input.title.replace(/\s+/g, ' ').trim();
    const place = this.#places.of(repository);
    const act = 'open a pull request';
    const opened = await place.api.list<BitbucketPull>({
      ...question(place, act, 'pullrequests'),
      query: {
        q: `state = "OPEN" AND source.branch.name = ${quoted(branch)} AND destination.branch.name = ${quoted(repository.branch)}`,
        pagelen: PULLS_A_PAGE,
      },
    });
    const found = opened.find(
      ({ source }) => source.repository?.full_name === place.name,
    );
    if (found?.title === title && (found.description ?? '') === description)
      return this.#shown(place, found);
    if (!found) {
      const made = await place.api.ask<BitbucketPull>({
        ...question(place, act, 'pullrequests'),
        method: 'POST',
        body: {
          title,
          description,
          source: { branch: { name: branch } },
          destination: { branch: { name: repository.branch } },
          close_source_branch: true,
        },
      });
      return this.#shown(place, made);
    }
    // Whoever is not named again is no reviewer any more.
    const { reviewers = [] } = await this.#one(place, act, found.id);
    const updated = await place.api.ask<BitbucketPull>({
      ...question(place, act, 'pullrequests', found.id),
      method: 'PUT',
      body: {
        title,
        description,
        reviewers: reviewers.map(({ uuid }) => ({ uuid })),
      },
    });
    return this.#shown(place, updated);
  }

  async get(repository: RepositoryRef, number: number): Promise<PullRequest> {
    const place = this.#places.of(repository);
    return this.#shown(
      place,
      await this.#one(place, `show pull request #${number}`, number),
    );
  }

  async listOpen(
    repository: RepositoryRef,
    { limit }: { limit: number },
  ): Promise<PullRequest[]> {
    const place = this.#places.of(repository);
    const pulls = await place.api.list<BitbucketPull>(
      {
        ...question(place, 'list the pull requests', 'pullrequests'),
        query: {
          q: `state = "OPEN" AND destination.branch.name = ${quoted(repository.branch)}`,
          sort: '-updated_on',
          pagelen: PULLS_A_PAGE,
        },
      },
      limit,
    );
    const shown: PullRequest[] = [];
    // One after the other: each head that is new costs a request, and the limit counts by the hour.
    for (const pull of pulls) shown.push(await this.#shown(place, pull));
    return shown;
  }

  /**
   * Bitbucket can't be told which head is meant. It is compared right before, and again with what was merged: a push in
   * between gets in, and is said.
   */
  async merge(
    repository: RepositoryRef,
    number: number,
    input: { expectedHead: string; title: string; message: string },
  ): Promise<PullRequest> {
    const before = await this.get(repository, number);
    if (before.state === 'merged') return before;
    const { expectedHead } = input;
    const place = this.#places.of(repository);
    const named = `Pull request #${number} of ${place.name}`;
    if (before.headCommit !== expectedHead) {
      throw new ConflictError(
        `${named} stands at ${before.headCommit} and not at ${expectedHead} any more. Look at it again, then merge.`,
      );
    }
    await place.api.ask({
      ...question(
        place,
        `merge pull request #${number}`,
        ...['pullrequests', number, 'merge'],
      ),
      method: 'POST',
      // What is sent is always the same: a refusal tells of the pull request.
      meansOf400: 409,
      body: {
        type: 'pullrequest_merge_parameters',
        merge_strategy: 'merge_commit',
        close_source_branch: true,
        message: [input.title, input.message].filter(Boolean).join('\n\n'),
      },
    });
    const merged = await this.get(repository, number);
    if (merged.state !== 'merged') {
      throw new ServiceUnavailableError(
        `Bitbucket is still merging pull request #${number} of ${place.name}. It is looked at again.`,
      );
    }
    if (merged.headCommit !== expectedHead) {
      throw new ConflictError(
        `${named} was merged at ${merged.headCommit}, which was pushed while it was being merged at ${expectedHead}. What came with it is planned with the next look at the branch.`,
      );
    }
    return merged;
  }

  async close(repository: RepositoryRef, number: number): Promise<PullRequest> {
    const before = await this.get(repository, number);
    if (before.state !== 'open') return before;
    const place = this.#places.of(repository);
    await place.api.ask({
      ...question(
        place,
        `close pull request #${number}`,
        ...['pullrequests', number, 'decline'],
      ),
      method: 'POST',
    });
    return this.get(repository, number);
  }

  async reviews(
    repository: RepositoryRef,
    number: number,
  ): Promise<PullRequestReview[]> {
    return reviewsOf(
      await this.#one(
        this.#places.of(repository),
        `list the reviews of pull request #${number}`,
        number,
      ),
    );
  }

  async checks(
    repository: RepositoryRef,
    commit: string,
  ): Promise<CommitCheck[]> {
    const place = this.#places.of(repository);
    const statuses = await place.api.list<BitbucketStatus>({
      ...question(
        place,
        `list the statuses of ${commit.slice(0, 7)}`,
        ...['commit', commit, 'statuses'],
      ),
      query: PAGE,
    });
    return statuses.map(status => toCheck(status, pageOf(repository, commit)));
  }

  async comment(
    repository: RepositoryRef,
    number: number,
    { marker, body }: { marker: string; body: string },
  ): Promise<void> {
    const place = this.#places.of(repository);
    const raw = toMarkdown(marker, body);
    const asked = (...rest: Array<string | number>) =>
      question(
        place,
        `comment on pull request #${number}`,
        ...['pullrequests', number, 'comments', ...rest],
      );
    const comments = await place.api.list<BitbucketComment>({
      ...asked(),
      query: PAGE,
    });
    // Anybody may write the marker: only a comment of our own can be edited, so others' are passed over.
    for (const { id, deleted, content } of comments) {
      if (deleted || !hasMarker(content.raw, marker)) continue;
      if (content.raw === raw) return;
      try {
        await place.api.ask({
          ...asked(id),
          method: 'PUT',
          body: { content: { raw } },
        });
        return;
      } catch (error) {
        const isOthers =
          error instanceof NotAllowedError || error instanceof NotFoundError;
        if (!isOthers) throw error;
      }
    }
    await place.api.ask({
      ...asked(),
      method: 'POST',
      body: { content: { raw } },
    });
  }

  async setCheck(
    repository: RepositoryRef,
    commit: string,
    check: CommitCheck,
  ): Promise<void> {
    const place = this.#places.of(repository);
    await place.api.ask({
      ...question(
        place,
        `set a status of ${commit.slice(0, 7)}`,
        ...['commit', commit, 'statuses', 'build'],
      ),
      method: 'POST',
      body: {
        key: keyOf(check.name),
        name: check.name,
        state: toStatus(check.state),
        description: check.description ?? '',
        url: check.url ?? pageOf(repository, commit),
      },
    });
  }

  async ensureRepository(
    repository: RepositoryRef,
    { description }: { description?: string },
  ): Promise<{ created: boolean }> {
    const place = this.#places.of(repository);
    const asked = question(place, 'make the repository');
    const isThere = () =>
      place.api.ask(asked).then(
        () => true,
        error => {
          if (error instanceof NotFoundError) return false;
          throw error;
        },
      );
    if (await isThere()) return { created: false };
    try {
      await place.api.ask({
        ...asked,
        method: 'POST',
        body: { scm: 'git', is_private: true, description },
      });
      return { created: true };
    } catch (error) {
      // Another replica was faster: Bitbucket says so with a 400, which also has other reasons.
      if (!(error instanceof InputError) || !(await isThere())) throw error;
      return { created: false };
    }
  }

  async ensureWebhook(
    repository: RepositoryRef,
    { url, secret }: { url: string; secret: string },
  ): Promise<InstalledWebhook> {
    const place = this.#places.of(repository);
    const act = 'install the webhook';
    const ours = await this.repositories.findWebhook(repository, url);
    const { uuid } = await place.api.ask<BitbucketHook>({
      ...question(place, act, 'hooks', ...(ours ? [ours.id] : [])),
      method: ours ? 'PUT' : 'POST',
      body: {
        description: 'Slipway',
        url,
        secret,
        active: true,
        skip_cert_verification: false,
        events: EVENTS,
      },
    });
    return { id: uuid, url };
  }

  /** Bitbucket has no ping: a status of the branch's last commit has it deliver something. */
  async pingWebhook(repository: RepositoryRef, id: string): Promise<void> {
    const place = this.#places.of(repository);
    const act = 'test the webhook';
    await place.api.ask(question(place, act, 'hooks', id));
    const { target } = await place.api.ask<{ target: { hash: string } }>(
      question(place, act, 'refs', 'branches', repository.branch),
    );
    await this.setCheck(repository, target.hash, {
      name: 'slipway/webhook',
      state: 'success',
      description: `A delivery was asked for at ${new Date().toISOString()}`,
    });
  }

  async removeWebhook(repository: RepositoryRef, url: string): Promise<void> {
    const place = this.#places.of(repository);
    const act = 'remove the webhook';
    const ours = await this.repositories.findWebhook(repository, url);
    if (!ours) return;
    try {
      await place.api.ask({
        ...question(place, act, 'hooks', ours.id),
        method: 'DELETE',
      });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }

  rateLimits(): HostLimit[] {
    return this.#places.limits.of(this.repositories.hosts());
  }

  #one(place: Place, act: string, number: number): Promise<BitbucketPull> {
    return place.api.ask(question(place, act, 'pullrequests', number));
  }

  async #shown(place: Place, pull: BitbucketPull): Promise<PullRequest> {
    const full = (repository: string, hash: string) =>
      this.#hashes.of(place.api, repository, hash);
    const { source, merge_commit: merge } = pull;
    return toPullRequest(pull, {
      head: await full(
        source.repository?.full_name ?? place.name,
        source.commit?.hash ?? '',
      ),
      ...(merge && { merge: await full(place.name, merge.hash) }),
    });
  }
}
