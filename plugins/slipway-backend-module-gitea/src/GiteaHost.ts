import {
  getGiteaRequestOptions,
  type GiteaIntegrationConfig,
} from '@backstage/integration';
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
import { type Api, giteaApi, type HttpResponse } from 'gitea-js';
import { GiteaRepositories } from './GiteaRepositories';
import { MAX_PAGES, PAGE, pages, unlessMissing } from './answers';
import { latestOfEach, toPullRequest, toReview } from './shapes';

const TIMEOUT_MS = 20_000;

type Client = Api<unknown>;

/** {@link PullRequestHost} of Gitea and Forgejo, with the credentials of `integrations.gitea`. */
export class GiteaHost implements PullRequestHost {
  readonly type = 'gitea';
  readonly repositories: GiteaRepositories;
  readonly #clients = new Map<string, Client>();
  readonly #configs: Map<string, GiteaIntegrationConfig>;
  readonly #limits = new RateLimits();

  static create(configs: GiteaIntegrationConfig[]): GiteaHost {
    return new GiteaHost(configs);
  }

  private constructor(configs: GiteaIntegrationConfig[]) {
    this.#configs = new Map(configs.map(config => [config.host, config]));
    this.repositories = new GiteaRepositories(
      configs,
      (url, act, question, where) =>
        this.#ask({ url, branch: '' }, act, question, where),
    );
  }

  supports(url: string): boolean {
    return this.#configs.has(repositoryHost(url) ?? '');
  }

  async credentials(
    url: string,
  ): Promise<{ username: string; password: string } | undefined> {
    const { username, password } = this.#config(repositoryPath(url).host);
    // Gitea takes a token in place of the password, whatever the user is called then.
    return password ? { username: username ?? 'slipway', password } : undefined;
  }

  async open(
    repository: RepositoryRef,
    input: { branch: string; title: string; description: string },
  ): Promise<PullRequest> {
    const { branch, title, description: body } = input;
    const found = (await this.#allOpen(repository, MAX_PAGES * PAGE)).find(
      pull => !pull.fork && pull.branch === branch,
    );
    if (!found) {
      return this.#ask(
        repository,
        'open a pull request',
        async (api, { owner, name }) =>
          toPullRequest(
            (
              await api.repos.repoCreatePullRequest(owner, name, {
                base: repository.branch,
                head: branch,
                title,
                body,
              })
            ).data,
          ),
      );
    }
    if (found.title === title && found.description === body) return found;
    return this.#ask(
      repository,
      `change pull request #${found.number}`,
      async (api, { owner, name }) =>
        toPullRequest(
          (
            await api.repos.repoEditPullRequest(owner, name, found.number, {
              title,
              body,
            })
          ).data,
        ),
    );
  }

  async get(repository: RepositoryRef, number: number): Promise<PullRequest> {
    return this.#ask(
      repository,
      `show pull request #${number}`,
      async (api, { owner, name }) =>
        toPullRequest(
          (await api.repos.repoGetPullRequest(owner, name, number)).data,
        ),
    );
  }

  async listOpen(
    repository: RepositoryRef,
    { limit }: { limit: number },
  ): Promise<PullRequest[]> {
    return this.#allOpen(repository, limit);
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
      (api, { owner, name }) =>
        api.repos.repoMergePullRequest(owner, name, number, {
          Do: 'merge',
          MergeTitleField: input.title,
          MergeMessageField: input.message,
          head_commit_id: input.expectedHead,
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
      async (api, { owner, name }) =>
        toPullRequest(
          (
            await api.repos.repoEditPullRequest(owner, name, number, {
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
      async (api, { owner, name }) => {
        const reviews = await pages(page =>
          api.repos.repoListPullReviews(owner, name, number, {
            page,
            limit: PAGE,
          }),
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
      `list the statuses of ${commit.slice(0, 7)}`,
      async (api, { owner, name }) =>
        latestOfEach(
          await pages(page =>
            api.repos.repoListStatuses(owner, name, commit, {
              page,
              limit: PAGE,
              sort: 'recentupdate',
            }),
          ),
        ),
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
      async (api, { owner, name }) => {
        const text = `${marker}\n${body}`;
        const { data } = await api.repos.issueGetComments(owner, name, number);
        const me = (await api.user.userGetCurrent()).data.login;
        const ours = data.find(
          comment =>
            comment.user?.login === me && comment.body?.startsWith(marker),
        );
        if (!ours?.id) {
          await api.repos.issueCreateComment(owner, name, number, {
            body: text,
          });
        } else if (ours.body !== text) {
          await api.repos.issueEditComment(owner, name, ours.id, {
            body: text,
          });
        }
      },
    );
  }

  async setCheck(
    repository: RepositoryRef,
    commit: string,
    check: CommitCheck,
  ): Promise<void> {
    const known = (await this.checks(repository, commit)).find(
      one => one.name === check.name,
    );
    // Each status that is set stays in the history of the commit.
    if (
      known &&
      known.state === check.state &&
      known.description === check.description &&
      known.url === check.url
    )
      return;
    await this.#ask(
      repository,
      `set a status of ${commit.slice(0, 7)}`,
      (api, { owner, name }) =>
        api.repos.repoCreateStatus(owner, name, commit, {
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
        const there = () => unlessMissing(api.repos.repoGet(owner, name));
        if (await there()) return { created: false };
        const wanted = {
          name,
          description,
          private: true,
          default_branch: repository.branch,
        };
        const me = (await api.user.userGetCurrent()).data.login;
        try {
          await (owner === me
            ? api.user.createCurrentUserRepo(wanted)
            : api.orgs.createOrgRepo(owner, wanted));
          return { created: true };
        } catch (error) {
          // Another replica was faster, or it hides one of that name.
          if ((error as { status?: number }).status !== 409) throw error;
          if (!(await there())) throw error;
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
      async (api, { owner, name }) => {
        const wanted = {
          active: true,
          config: { url, content_type: 'json', secret },
          events: ['push', 'pull_request', 'pull_request_review', 'status'],
        };
        const ours = await this.#webhook(api, { owner, name }, url);
        const { data } = ours?.id
          ? await api.repos.repoEditHook(owner, name, ours.id, wanted)
          : await api.repos.repoCreateHook(owner, name, {
              ...wanted,
              type: 'gitea',
            });
        return { id: String(data.id), url };
      },
    );
  }

  async pingWebhook(repository: RepositoryRef, id: string): Promise<void> {
    await this.#ask(repository, 'test the webhook', (api, { owner, name }) =>
      api.repos.repoTestHook(owner, name, Number(id), {
        ref: repository.branch,
      }),
    );
  }

  async removeWebhook(repository: RepositoryRef, url: string): Promise<void> {
    await this.#ask(
      repository,
      'remove the webhook',
      async (api, { owner, name }) => {
        const ours = await this.#webhook(api, { owner, name }, url);
        if (ours?.id)
          await unlessMissing(api.repos.repoDeleteHook(owner, name, ours.id));
      },
    );
  }

  rateLimits(): HostLimit[] {
    return this.#limits.of(this.repositories.hosts());
  }

  async #allOpen(
    repository: RepositoryRef,
    limit: number,
  ): Promise<PullRequest[]> {
    return this.#ask(
      repository,
      'list the pull requests',
      async (api, { owner, name }) => {
        const open = await pages(
          page =>
            api.repos.repoListPullRequests(owner, name, {
              state: 'open',
              sort: 'recentupdate',
              page,
              limit: PAGE,
            }),
          limit,
        );
        return open
          .map(toPullRequest)
          .filter(({ base }) => base === repository.branch)
          .slice(0, limit);
      },
    );
  }

  async #webhook(
    api: Client,
    { owner, name }: Pick<RepositoryPath, 'owner' | 'name'>,
    url: string,
  ) {
    const hooks = await pages(page =>
      api.repos.repoListHooks(owner, name, { page, limit: PAGE }),
    );
    return hooks.find(hook => hook.config?.url === url);
  }

  #config(host: string): GiteaIntegrationConfig {
    const config = this.#configs.get(host);
    if (!config) {
      throw hostError({
        host,
        act: 'be asked, as it is not named in integrations.gitea',
        status: 400,
      });
    }
    return config;
  }

  /** Asks, with every refusal as the error that the port names for it. */
  async #ask<T>(
    repository: RepositoryRef,
    act: string,
    question: (api: Client, path: RepositoryPath) => Promise<T>,
    where?: string,
  ): Promise<T> {
    const path = repositoryPath(repository.url);
    try {
      return await question(this.#client(path.host), path);
    } catch (error) {
      const answer = error as Partial<HttpResponse<unknown, unknown>> & Error;
      if (answer.status === undefined && !isUnanswered(answer)) throw error;
      throw hostError({
        host: `Gitea at ${path.host}`,
        act: `${act} in ${where ?? `${path.owner}/${path.name}`}`,
        status: answer.status,
        headers: answer.headers && Object.fromEntries(answer.headers),
        message: sentenceOf(answer),
      });
    }
  }

  #client(host: string): Client {
    const known = this.#clients.get(host);
    if (known) return known;
    const config = this.#config(host);
    const { headers } = getGiteaRequestOptions(config);
    const base = config.baseUrl ?? `https://${host}`;
    const client = giteaApi(base.replace(/\/+$/, ''), {
      customFetch: async (input, init) => {
        const response = await fetch(input, {
          ...init,
          headers: { ...init?.headers, ...headers },
          // Whoever answers with a redirect must not get our credentials at another place.
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        this.#limits.note(host, Object.fromEntries(response.headers));
        return response;
      },
    });
    this.#clients.set(host, client);
    return client;
  }
}

/** Of an answer what it says, and of a connection that failed why. */
function sentenceOf(
  answer: Partial<HttpResponse<unknown, unknown>> & Error,
): string | undefined {
  const said = answer.error as { message?: unknown } | undefined;
  if (typeof said?.message === 'string') return said.message;
  const cause = answer.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' ? cause.code : undefined;
}
