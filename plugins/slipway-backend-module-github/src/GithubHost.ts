import { InputError } from '@backstage/errors';
import type {
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { Octokit } from '@octokit/rest';
import {
  type CommitCheck,
  hostError,
  type HostLimit,
  isUnanswered,
  type InstalledWebhook,
  type PullRequest,
  type PullRequestHost,
  type PullRequestReview,
  RateLimits,
  repositoryHost,
  type RepositoryPath,
  repositoryPath,
  type RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { GithubRepositories } from './GithubRepositories';
import { pages, webhookOf } from './answers';
import {
  checksOf,
  toPullRequest,
  toReview,
  withoutTitleBreaks,
} from './shapes';

const TIMEOUT_MS = 20_000;
/** What GitHub's events module of Backstage listens to. */
const EVENTS = [
  'push',
  'pull_request',
  'pull_request_review',
  'status',
  'check_run',
];

interface Options {
  integrations: Pick<ScmIntegrations, 'github'>;
  credentials: GithubCredentialsProvider;
}

/** {@link PullRequestHost} of GitHub, with the tokens and apps of `integrations.github`. */
export class GithubHost implements PullRequestHost {
  readonly type = 'github';
  readonly repositories: GithubRepositories;
  readonly #limits = new RateLimits();

  static create(options: Options): GithubHost {
    return new GithubHost(options);
  }

  private constructor(private readonly o: Options) {
    this.repositories = new GithubRepositories(
      o.integrations,
      o.credentials,
      (url, act, question, where) =>
        this.#ask({ url, branch: '' }, act, question, where),
    );
  }

  supports(url: string): boolean {
    return this.#config(repositoryHost(url) ?? '') !== undefined;
  }

  async credentials(
    url: string,
  ): Promise<{ username: string; password: string } | undefined> {
    const { token } = await this.o.credentials.getCredentials({
      url: pageOf(repositoryPath(url)),
    });
    return token ? { username: 'x-access-token', password: token } : undefined;
  }

  async open(
    repository: RepositoryRef,
    input: { branch: string; title: string; description: string },
  ): Promise<PullRequest> {
    const { branch, description: body } = input;
    const title = withoutTitleBreaks(input.title);
    return this.#ask(
      repository,
      'open a pull request',
      async (api, { owner, name: repo }) => {
        const { data } = await api.pulls.list({
          owner,
          repo,
          state: 'open',
          head: `${owner}:${branch}`,
          base: repository.branch,
        });
        const [found] = data.map(toPullRequest);
        if (found?.title === title && found.description === body) return found;
        const answer = found
          ? await api.pulls.update({
              owner,
              repo,
              pull_number: found.number,
              title,
              body,
            })
          : await api.pulls.create({
              owner,
              repo,
              head: branch,
              base: repository.branch,
              title,
              body,
            });
        return toPullRequest(answer.data);
      },
    );
  }

  async get(repository: RepositoryRef, number: number): Promise<PullRequest> {
    return this.#ask(
      repository,
      `show pull request #${number}`,
      async (api, { owner, name: repo }) =>
        toPullRequest(
          (await api.pulls.get({ owner, repo, pull_number: number })).data,
        ),
    );
  }

  async listOpen(
    repository: RepositoryRef,
    { limit }: { limit: number },
  ): Promise<PullRequest[]> {
    return this.#ask(
      repository,
      'list the pull requests',
      async (api, { owner, name: repo }) => {
        const all = await pages(
          page =>
            api.pulls.list({
              owner,
              repo,
              state: 'open',
              base: repository.branch,
              sort: 'updated',
              direction: 'desc',
              ...page,
            }),
          limit,
        );
        return all.slice(0, limit).map(toPullRequest);
      },
    );
  }

  async merge(
    repository: RepositoryRef,
    number: number,
    input: { expectedHead: string; title: string; message: string },
  ): Promise<PullRequest> {
    const before = await this.get(repository, number);
    if (before.state === 'merged') return before;
    await this.#ask(
      repository,
      `merge pull request #${number}`,
      (api, { owner, name: repo }) =>
        api.pulls.merge({
          owner,
          repo,
          pull_number: number,
          merge_method: 'merge',
          sha: input.expectedHead,
          commit_title: input.title,
          commit_message: input.message,
        }),
    );
    return this.get(repository, number);
  }

  async close(repository: RepositoryRef, number: number): Promise<PullRequest> {
    const before = await this.get(repository, number);
    if (before.state !== 'open') return before;
    return this.#ask(
      repository,
      `close pull request #${number}`,
      async (api, { owner, name: repo }) =>
        toPullRequest(
          (
            await api.pulls.update({
              owner,
              repo,
              pull_number: number,
              state: 'closed',
            })
          ).data,
        ),
    );
  }

  async reviews(
    repository: RepositoryRef,
    number: number,
  ): Promise<PullRequestReview[]> {
    return this.#ask(
      repository,
      `list the reviews of pull request #${number}`,
      async (api, { owner, name: repo }) => {
        const reviews = await pages(page =>
          api.pulls.listReviews({ owner, repo, pull_number: number, ...page }),
        );
        return reviews.flatMap(review => toReview(review) ?? []);
      },
    );
  }

  async checks(
    repository: RepositoryRef,
    commit: string,
  ): Promise<CommitCheck[]> {
    return this.#ask(
      repository,
      `list the checks of ${commit.slice(0, 7)}`,
      async (api, { owner, name: repo }) => {
        const asked = { owner, repo, ref: commit };
        const [statuses, runs] = await Promise.all([
          pages(page =>
            api.repos.listCommitStatusesForRef({ ...asked, ...page }),
          ),
          pages(async page => {
            const { data } = await api.checks.listForRef({ ...asked, ...page });
            return { data: data.check_runs };
          }),
        ]);
        return checksOf(statuses, runs);
      },
    );
  }

  async comment(
    repository: RepositoryRef,
    number: number,
    { marker, body }: { marker: string; body: string },
  ): Promise<void> {
    await this.#ask(
      repository,
      `comment on pull request #${number}`,
      async (api, { owner, name: repo }) => {
        const text = `${marker}\n${body}`;
        const comments = await pages(page =>
          api.issues.listComments({
            owner,
            repo,
            issue_number: number,
            ...page,
          }),
        );
        // Anybody may write the marker: only a comment of our own can be edited, so others' are passed over.
        for (const ours of comments.filter(comment =>
          comment.body?.startsWith(marker),
        )) {
          if (ours.body === text) return;
          try {
            await api.issues.updateComment({
              owner,
              repo,
              comment_id: ours.id,
              body: text,
            });
            return;
          } catch (error) {
            const { status } = error as { status?: number };
            if (status !== 403 && status !== 404) throw error;
          }
        }
        await api.issues.createComment({
          owner,
          repo,
          issue_number: number,
          body: text,
        });
      },
    );
  }

  async setCheck(
    repository: RepositoryRef,
    commit: string,
    check: CommitCheck,
  ): Promise<void> {
    const known = (await this.checks(repository, commit)).find(
      ({ name }) => name === check.name,
    );
    // GitHub takes 1,000 statuses of a name and commit, and then none.
    if (
      known?.state === check.state &&
      known.description === check.description &&
      known.url === check.url
    )
      return;
    await this.#ask(
      repository,
      `set a status of ${commit.slice(0, 7)}`,
      (api, { owner, name: repo }) =>
        api.repos.createCommitStatus({
          owner,
          repo,
          sha: commit,
          context: check.name,
          state: check.state,
          description: check.description,
          target_url: check.url,
        }),
    );
  }

  async ensureRepository(
    repository: RepositoryRef,
    { description }: { description?: string },
  ): Promise<{ created: boolean }> {
    return this.#ask(
      repository,
      'make the repository',
      async (api, { owner, name }) => {
        const isThere = () =>
          api.repos.get({ owner, repo: name }).then(
            () => true,
            error => {
              if (error.status === 404) return false;
              throw error;
            },
          );
        if (await isThere()) return { created: false };
        const wanted = { name, description, private: true };
        const { data: account } = await api.users.getByUsername({
          username: owner,
        });
        if (account.type !== 'Organization') await assertOwn(api, owner);
        try {
          await (account.type === 'Organization'
            ? api.repos.createInOrg({ ...wanted, org: owner })
            : api.repos.createForAuthenticatedUser(wanted));
          return { created: true };
        } catch (error) {
          // Another replica was faster: GitHub says so with a 422, which also has other reasons.
          if ((error as { status?: number }).status !== 422) throw error;
          if (!(await isThere())) throw error;
          return { created: false };
        }
      },
    );
  }

  async ensureWebhook(
    repository: RepositoryRef,
    { url, secret }: { url: string; secret: string },
  ): Promise<InstalledWebhook> {
    return this.#ask(
      repository,
      'install the webhook',
      async (api, { owner, name: repo }) => {
        const wanted = {
          owner,
          repo,
          active: true,
          events: EVENTS,
          config: { url, content_type: 'json', secret },
        };
        const ours = await webhookOf(api, { owner, repo }, url);
        const { data } = ours
          ? await api.repos.updateWebhook({ ...wanted, hook_id: ours.id })
          : await api.repos.createWebhook(wanted);
        const { code, message } = data.last_response;
        const lastAnswer = [code, message].filter(Boolean).join(' ');
        return { id: String(data.id), url, ...(lastAnswer && { lastAnswer }) };
      },
    );
  }

  async pingWebhook(repository: RepositoryRef, id: string): Promise<void> {
    await this.#ask(
      repository,
      'ping the webhook',
      (api, { owner, name: repo }) =>
        api.repos.pingWebhook({ owner, repo, hook_id: Number(id) }),
    );
  }

  async removeWebhook(repository: RepositoryRef, url: string): Promise<void> {
    await this.#ask(
      repository,
      'remove the webhook',
      async (api, { owner, name: repo }) => {
        const ours = await webhookOf(api, { owner, repo }, url);
        if (!ours) return;
        try {
          await api.repos.deleteWebhook({ owner, repo, hook_id: ours.id });
        } catch (error) {
          if ((error as { status?: number }).status !== 404) throw error;
        }
      },
    );
  }

  rateLimits(): HostLimit[] {
    return this.#limits.of(this.repositories.hosts());
  }

  #config(host: string) {
    return this.o.integrations.github
      .list()
      .map(({ config }) => config)
      .find(config => config.host === host);
  }

  /** Asks, with every refusal as the error that the port names for it. */
  async #ask<T>(
    repository: RepositoryRef,
    act: string,
    question: (api: Octokit, path: RepositoryPath) => Promise<T>,
    where?: string,
  ): Promise<T> {
    const path = repositoryPath(repository.url);
    try {
      const credentials = await this.credentials(repository.url);
      return await question(this.#client(path.host, credentials), path);
    } catch (error) {
      const { status, response, message, name } = error as Error & {
        status?: number;
        response?: { headers?: Record<string, string | number | undefined> };
      };
      // Octokit calls it a 500 when nobody answered, and says so by its missing response alone.
      if (name !== 'HttpError' && !isUnanswered(error)) throw error;
      if (response?.headers) this.#limits.note(path.host, response.headers);
      throw hostError({
        host: `GitHub at ${path.host}`,
        act: `${act} in ${where ?? `${path.owner}/${path.name}`}`,
        status: response ? status : undefined,
        headers: response?.headers,
        message,
      });
    }
  }

  #client(
    host: string,
    credentials: { password: string } | undefined,
  ): Octokit {
    const api = new Octokit({
      auth: credentials?.password,
      baseUrl: this.#config(host)?.apiBaseUrl,
      request: {
        fetch: (input: string, init: RequestInit) =>
          fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }),
      },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    api.hook.after('request', ({ headers }) =>
      this.#limits.note(host, headers),
    );
    return api;
  }
}

function pageOf({ host, owner, name }: RepositoryPath): string {
  return `https://${host}/${owner}/${name}`;
}

/** GitHub makes a repository of a person in the account of whoever asks, whatever account was meant. */
async function assertOwn(api: Octokit, owner: string): Promise<void> {
  const { data: me } = await api.users.getAuthenticated();
  if (me.login.toLowerCase() !== owner.toLowerCase())
    throw new InputError(
      `'${owner}' is the account of a person, where GitHub makes repositories with that person's own token alone; this token is of '${me.login}'. Use an organization, or make the repository by hand and onboard it.`,
    );
}
