import {
  getGitLabRequestOptions,
  type GitLabIntegrationConfig,
} from '@backstage/integration';
import { Gitlab } from '@gitbeaker/rest';
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
import { GitlabRepositories } from './GitlabRepositories';
import { requesterOf } from './requester';
import { checksOf, toPullRequest, toStatus } from './shapes';

const TIMEOUT_MS = 20_000;
const PAGE = 100;

/** Answers in GitLab's own spelling: without the client's renaming. */
type Client = Gitlab<false>;

/** What gitbeaker throws: the cause is there when GitLab has answered. */
interface Failure extends Error {
  cause?: { description?: string; response?: Response; code?: string };
}

/** {@link PullRequestHost} of GitLab, with the tokens of `integrations.gitlab`; its merge requests are pull requests here. */
export class GitlabHost implements PullRequestHost {
  readonly type = 'gitlab';
  readonly repositories: GitlabRepositories;
  readonly #clients = new Map<string, Client>();
  readonly #limits = new RateLimits();
  readonly #configs: Map<string, GitLabIntegrationConfig>;

  static create(configs: GitLabIntegrationConfig[]): GitlabHost {
    return new GitlabHost(configs);
  }

  private constructor(configs: GitLabIntegrationConfig[]) {
    this.#configs = new Map(configs.map(config => [config.host, config]));
    this.repositories = new GitlabRepositories(
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
    const token = this.#configs.get(repositoryPath(url).host)?.token;
    return token ? { username: 'oauth2', password: token } : undefined;
  }

  async open(
    repository: RepositoryRef,
    input: { branch: string; title: string; description: string },
  ): Promise<PullRequest> {
    const { branch, title, description } = input;
    return this.#ask(
      repository,
      'open a merge request',
      async (api, project) => {
        const opened = await api.MergeRequests.all({
          projectId: project,
          state: 'opened',
          sourceBranch: branch,
          targetBranch: repository.branch,
          perPage: PAGE,
        });
        const found = opened.map(toPullRequest).find(({ fork }) => !fork);
        if (found?.title === title && found.description === description)
          return found;
        return toPullRequest(
          found
            ? await api.MergeRequests.edit(project, found.number, {
                title,
                description,
              })
            : await api.MergeRequests.create(
                project,
                branch,
                repository.branch,
                title,
                { description, removeSourceBranch: true },
              ),
        );
      },
    );
  }

  async get(repository: RepositoryRef, number: number): Promise<PullRequest> {
    return this.#ask(
      repository,
      `show merge request !${number}`,
      async (api, project) =>
        toPullRequest(await api.MergeRequests.show(project, number)),
    );
  }

  async listOpen(
    repository: RepositoryRef,
    { limit }: { limit: number },
  ): Promise<PullRequest[]> {
    return this.#ask(
      repository,
      'list the merge requests',
      async (api, project) =>
        (
          await api.MergeRequests.all({
            projectId: project,
            state: 'opened',
            targetBranch: repository.branch,
            orderBy: 'updated_at',
            sort: 'desc',
            perPage: Math.min(PAGE, limit),
            maxPages: Math.ceil(limit / PAGE),
          })
        )
          .slice(0, limit)
          .map(toPullRequest),
    );
  }

  async merge(
    repository: RepositoryRef,
    number: number,
    input: { expectedHead: string; title: string; message: string },
  ): Promise<PullRequest> {
    const before = await this.get(repository, number);
    if (before.state === 'merged') return before;
    return this.#ask(
      repository,
      `merge merge request !${number}`,
      async (api, project) =>
        toPullRequest(
          await api.MergeRequests.merge(project, number, {
            sha: input.expectedHead,
            squash: false,
            mergeCommitMessage: [input.title, input.message]
              .filter(Boolean)
              .join('\n\n'),
          }),
        ),
    );
  }

  async close(repository: RepositoryRef, number: number): Promise<PullRequest> {
    const before = await this.get(repository, number);
    if (before.state !== 'open') return before;
    return this.#ask(
      repository,
      `close merge request !${number}`,
      async (api, project) =>
        toPullRequest(
          await api.MergeRequests.edit(project, number, {
            stateEvent: 'close',
          }),
        ),
    );
  }

  /** GitLab knows approvals alone; who wants changes says so in a thread. */
  async reviews(
    repository: RepositoryRef,
    number: number,
  ): Promise<PullRequestReview[]> {
    return this.#ask(
      repository,
      `list the approvals of merge request !${number}`,
      async (api, project) => {
        const { approved_by: approvedBy } =
          await api.MergeRequestApprovals.showConfiguration(project, {
            mergerequestIId: number,
          });
        return (approvedBy ?? []).map(({ user }) => ({
          author: user.username,
          verdict: 'approved' as const,
        }));
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
      async (api, project) =>
        checksOf(await api.Commits.allStatuses(project, commit, { all: true })),
    );
  }

  async comment(
    repository: RepositoryRef,
    number: number,
    { marker, body }: { marker: string; body: string },
  ): Promise<void> {
    await this.#ask(
      repository,
      `comment on merge request !${number}`,
      async (api, project) => {
        const text = `${marker}\n${body}`;
        const me = (await api.Users.showCurrentUser()).username;
        const notes = await api.MergeRequestNotes.all(project, number, {
          perPage: PAGE,
        });
        const ours = notes.find(
          note => note.author.username === me && note.body.startsWith(marker),
        );
        if (!ours) await api.MergeRequestNotes.create(project, number, text);
        else if (ours.body !== text)
          await api.MergeRequestNotes.edit(project, number, ours.id, {
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
    // GitLab refuses to set a status that it has.
    if (
      known?.state === check.state &&
      known.description === check.description &&
      known.url === check.url
    )
      return;
    await this.#ask(
      repository,
      `set a status of ${commit.slice(0, 7)}`,
      (api, project) =>
        api.Commits.editStatus(project, commit, toStatus(check.state), {
          name: check.name,
          description: check.description,
          targetUrl: check.url,
        }),
    );
  }

  async ensureRepository(
    repository: RepositoryRef,
    { description }: { description?: string },
  ): Promise<{ created: boolean }> {
    return this.#ask(
      repository,
      'make the project',
      async (api, project, { owner, name }) => {
        if (await unlessMissing(api.Projects.show(project)))
          return { created: false };
        const namespace = await api.Namespaces.show(owner);
        try {
          await api.Projects.create({
            name,
            path: name,
            namespaceId: namespace.id,
            description,
            visibility: 'private',
            defaultBranch: repository.branch,
            initializeWithReadme: false,
          });
          return { created: true };
        } catch (error) {
          // Another replica was faster: GitLab says so with a 400, which also has other reasons.
          if (statusOf(error as Failure) !== 400) throw error;
          if (!(await unlessMissing(api.Projects.show(project)))) throw error;
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
      async (api, project) => {
        const wanted = {
          token: secret,
          pushEvents: true,
          mergeRequestsEvents: true,
          pipelineEvents: true,
          enableSslVerification: true,
        };
        const ours = (await api.ProjectHooks.all(project)).find(
          hook => hook.url === url,
        );
        const { id } = ours
          ? await api.ProjectHooks.edit(project, ours.id, url, wanted)
          : await api.ProjectHooks.add(project, url, wanted);
        return { id: String(id), url };
      },
    );
  }

  async pingWebhook(repository: RepositoryRef, id: string): Promise<void> {
    const act = 'test the webhook';
    await this.#ask(repository, act, async (_api, project, { host }) => {
      const config = this.#configs.get(host)!;
      // The client has no words for it.
      const response = await fetch(
        `${config.apiBaseUrl}/projects/${encodeURIComponent(project)}/hooks/${encodeURIComponent(id)}/test/push_events`,
        {
          method: 'POST',
          ...getGitLabRequestOptions(config),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
      );
      if (response.ok) return;
      throw hostError({
        host: `GitLab at ${host}`,
        act: `${act} in ${project}`,
        status: response.status,
        headers: Object.fromEntries(response.headers),
        message: (await response.text()).slice(0, 500),
      });
    });
  }

  async removeWebhook(repository: RepositoryRef, url: string): Promise<void> {
    await this.#ask(repository, 'remove the webhook', async (api, project) => {
      const ours = (await api.ProjectHooks.all(project)).find(
        hook => hook.url === url,
      );
      if (ours) await unlessMissing(api.ProjectHooks.remove(project, ours.id));
    });
  }

  rateLimits(): HostLimit[] {
    return this.#limits.of(this.repositories.hosts());
  }

  /** Asks, with every refusal as the error that the port names for it. */
  async #ask<T>(
    repository: RepositoryRef,
    act: string,
    question: (
      api: Client,
      project: string,
      path: RepositoryPath,
    ) => Promise<T>,
    where?: string,
  ): Promise<T> {
    const path = repositoryPath(repository.url);
    const project = `${path.owner}/${path.name}`;
    try {
      return await question(this.#client(path.host), project, path);
    } catch (error) {
      const failure = error as Failure;
      const { name, cause, message } = failure;
      if (!name.startsWith('Gitbeaker') && !isUnanswered(error)) throw error;
      throw hostError({
        host: `GitLab at ${path.host}`,
        act: `${act} in ${where ?? project}`,
        status: statusOf(failure),
        headers:
          cause?.response?.headers &&
          Object.fromEntries(cause.response.headers),
        message: cause?.description ?? cause?.code ?? message,
      });
    }
  }

  #client(host: string): Client {
    const known = this.#clients.get(host);
    if (known) return known;
    const config = this.#configs.get(host);
    if (!config) {
      throw hostError({
        host,
        act: 'be asked, as it is not named in integrations.gitlab',
        status: 400,
      });
    }
    const client = new Gitlab({
      host: config.baseUrl,
      token: config.token ?? '',
      queryTimeout: TIMEOUT_MS,
      requesterFn: requesterOf(headers => this.#limits.note(host, headers)),
    });
    this.#clients.set(host, client);
    return client;
  }
}

function statusOf({ cause }: Failure): number | undefined {
  return cause?.response?.status;
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (statusOf(error as Failure) === 404) return undefined;
    throw error;
  }
}
