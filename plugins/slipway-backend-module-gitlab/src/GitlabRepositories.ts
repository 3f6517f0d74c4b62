import { InputError } from '@backstage/errors';
import {
  getGitLabRequestOptions,
  type GitLabIntegrationConfig,
} from '@backstage/integration';
import type { Gitlab, ProjectSchema } from '@gitbeaker/rest';
import {
  type FoundRepository,
  hostError,
  type InstalledWebhook,
  isSameSecret,
  jsonOf,
  type RepositoryHost,
  type RepositoryPage,
  type RepositoryPath,
  type RepositoryRef,
  type RepositorySearch,
  type RepositoryTree,
  type VerifiedDelivery,
  type WebhookAnswer,
} from '@slipway/plugin-slipway-node';

const TIMEOUT_MS = 20_000;
const TREE_PAGE = 100;
/** So many files of a project are looked at. */
const MAX_TREE_PAGES = 100;

/** Asks GitLab, with every refusal as the error that the port names for it. */
export type AskGitlab = <T>(
  url: string,
  act: string,
  question: (
    api: Gitlab<false>,
    project: string,
    path: RepositoryPath,
  ) => Promise<T>,
  where?: string,
) => Promise<T>;

/** The projects that the tokens of `integrations.gitlab` are members of. */
export class GitlabRepositories implements RepositoryHost {
  readonly webhookRight =
    'the scope api, and the role Maintainer or Owner in the project';

  constructor(
    private readonly configs: GitLabIntegrationConfig[],
    private readonly ask: AskGitlab,
  ) {}

  hosts(): string[] {
    return this.configs.flatMap(({ host, token }) => (token ? [host] : []));
  }

  urlOf({ host, owner, name }: RepositoryPath): string {
    const config = this.configs.find(one => one.host === host);
    const base = (config?.baseUrl ?? `https://${host}`).replace(/\/+$/, '');
    return `${base}/${owner}/${name}.git`;
  }

  async search(query: RepositorySearch): Promise<RepositoryPage> {
    const { host, owner, text, limit } = query;
    return this.ask(
      this.urlOf({ host, owner: owner ?? 'projects', name: 'search' }),
      'search',
      async api => {
        const { data, paginationInfo } = await api.Projects.all({
          membership: true,
          ...(text && { search: text, searchNamespaces: true }),
          orderBy: 'last_activity_at',
          pagination: 'offset',
          page: Number(query.cursor ?? 1),
          perPage: limit,
          maxPages: 1,
          showExpanded: true,
        });
        const { next } = paginationInfo;
        return {
          items: data
            .map(project => this.found(host, project as ProjectSchema))
            .filter(
              one =>
                !owner ||
                one.owner.toLocaleLowerCase('en-US') ===
                  owner.toLocaleLowerCase('en-US'),
            ),
          ...(next && { next: String(next) }),
        };
      },
      'the projects',
    );
  }

  async get(place: RepositoryPath): Promise<FoundRepository> {
    return this.ask(
      this.urlOf(place),
      'show the project',
      async (api, project) =>
        this.found(
          place.host,
          (await api.Projects.show(project)) as ProjectSchema,
        ),
    );
  }

  async tree({ url, branch }: RepositoryRef): Promise<RepositoryTree> {
    return this.ask(url, 'list the files', async (api, project) => {
      const { commit } = await api.Branches.show(project, branch);
      const entries = await api.Repositories.allRepositoryTrees(project, {
        ref: commit.id,
        recursive: true,
        pagination: 'keyset',
        perPage: TREE_PAGE,
        maxPages: MAX_TREE_PAGES,
      });
      return {
        commit: commit.id,
        files: entries.flatMap(({ path, id, mode }) =>
          mode.startsWith('100') ? [{ path, blob: id }] : [],
        ),
        truncated: entries.length >= TREE_PAGE * MAX_TREE_PAGES,
      };
    });
  }

  async text(
    { url }: RepositoryRef,
    { blob, maxBytes }: { blob: string; maxBytes: number },
  ): Promise<string> {
    return this.ask(url, 'read a file', async (api, project) => {
      const { size, content } = await api.Repositories.showBlob(project, blob);
      if (size > maxBytes)
        throw new InputError(
          `The file has ${size} bytes; at most ${maxBytes} are read.`,
        );
      return Buffer.from(String(content), 'base64').toString('utf8');
    });
  }

  async findWebhook(
    repository: RepositoryRef,
    url: string,
  ): Promise<InstalledWebhook | undefined> {
    return this.ask(
      repository.url,
      'list the webhooks',
      async (api, project) => {
        const found = (await api.ProjectHooks.all(project)).find(
          hook => hook.url === url,
        );
        return found && { id: String(found.id), url };
      },
    );
  }

  async lastAnswer(
    repository: RepositoryRef,
    webhookId: string,
  ): Promise<WebhookAnswer | undefined> {
    const act = 'list the deliveries of the webhook';
    return this.ask(repository.url, act, async (_api, project, { host }) => {
      const config = this.configs.find(one => one.host === host)!;
      // The client has no words for it.
      const response = await fetch(
        `${config.apiBaseUrl}/projects/${encodeURIComponent(project)}/hooks/${encodeURIComponent(webhookId)}/events?per_page=1`,
        {
          ...getGitLabRequestOptions(config),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        },
      );
      // GitLab before 17.3 keeps it to itself.
      if (response.status === 404) return undefined;
      if (!response.ok)
        throw hostError({
          host: `GitLab at ${host}`,
          act: `${act} in ${project}`,
          status: response.status,
          headers: Object.fromEntries(response.headers),
          message: (await response.text()).slice(0, 500),
        });
      const [last] = (await response.json()) as Array<{
        response_status?: string;
        created_at?: string;
      }>;
      if (!last) return undefined;
      const status = Number(last.response_status);
      return {
        ...(last.created_at && {
          at: new Date(last.created_at).toISOString(),
        }),
        ...(status > 0
          ? { status }
          : { message: last.response_status ?? 'no answer' }),
      };
    });
  }

  /** GitLab sends the secret itself. */
  verify(
    {
      headers,
      body,
    }: {
      headers: Record<string, string | string[] | undefined>;
      body: Buffer;
    },
    secret: string,
  ): VerifiedDelivery | undefined {
    const token = headers['x-gitlab-token'];
    if (!isSameSecret(typeof token === 'string' ? token : '', secret))
      return undefined;
    const { project } = (jsonOf(body) ?? {}) as {
      project?: { web_url?: unknown };
    };
    const id = headers['idempotency-key'] ?? headers['x-gitlab-event-uuid'];
    return {
      ...(typeof id === 'string' && { id }),
      event: String(headers['x-gitlab-event'] ?? 'unknown'),
      ...(typeof project?.web_url === 'string' && {
        repository: project.web_url,
      }),
    };
  }

  private found(host: string, project: ProjectSchema): FoundRepository {
    const full = project.path_with_namespace;
    const at = full.lastIndexOf('/');
    const place = { host, owner: full.slice(0, at), name: full.slice(at + 1) };
    return {
      ...place,
      url: this.urlOf(place),
      page: project.web_url,
      ...(project.description && { description: project.description }),
      ...(project.default_branch && { defaultBranch: project.default_branch }),
      archived: Boolean(project.archived),
      fork: project.forked_from_project !== undefined,
      private: project.visibility !== 'public',
      updatedAt: project.last_activity_at,
    };
  }
}
