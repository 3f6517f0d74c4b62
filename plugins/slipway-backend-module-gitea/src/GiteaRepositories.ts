import type { GiteaIntegrationConfig } from '@backstage/integration';
import { InputError } from '@backstage/errors';
import {
  type FoundRepository,
  type InstalledWebhook,
  isSignedWith,
  jsonOf,
  type RepositoryHost,
  type RepositoryPage,
  type RepositoryPath,
  type RepositoryRef,
  type RepositorySearch,
  type RepositoryTree,
  type VerifiedDelivery,
} from '@slipway/plugin-slipway-node';
import type { Api, Repository } from 'gitea-js';
import { PAGE, pages, unlessMissing } from './answers';

/** So many files of a repository are looked at. */
const MAX_TREE_PAGES = 20;

/** Asks Gitea, with every refusal as the error that the port names for it. */
export type AskGitea = <T>(
  url: string,
  act: string,
  question: (api: Api<unknown>, path: RepositoryPath) => Promise<T>,
  where?: string,
) => Promise<T>;

/** The repositories that the credentials of `integrations.gitea` can see. */
export class GiteaRepositories implements RepositoryHost {
  readonly webhookRight =
    'the scope write:repository, of a user who administrates the repository';

  constructor(
    private readonly configs: GiteaIntegrationConfig[],
    private readonly ask: AskGitea,
  ) {}

  hosts(): string[] {
    return this.configs.flatMap(({ host, password }) =>
      password ? [host] : [],
    );
  }

  urlOf({ host, owner, name }: RepositoryPath): string {
    const config = this.configs.find(one => one.host === host);
    const base = (config?.baseUrl ?? `https://${host}`).replace(/\/+$/, '');
    return `${base}/${owner}/${name}.git`;
  }

  async search(query: RepositorySearch): Promise<RepositoryPage> {
    const { host, owner, limit } = query;
    const page = Number(query.cursor ?? 1);
    return this.ask(
      this.urlOf({ host, owner: owner ?? 'repos', name: 'search' }),
      'search',
      async api => {
        const account = owner
          ? await unlessMissing(api.users.userGet(owner))
          : undefined;
        if (owner && !account) return { items: [] };
        const text = query.text.toLocaleLowerCase('en-US');
        const { data, headers } = await api.repos.repoSearch({
          // Gitea looks at the name alone.
          q: text.slice(text.lastIndexOf('/') + 1),
          ...(account?.data.id !== undefined && {
            uid: account.data.id,
            exclusive: true,
          }),
          sort: 'updated',
          order: 'desc',
          page,
          limit: Math.min(limit, PAGE),
        });
        const all = data.data ?? [];
        const total = Number(headers.get('x-total-count') ?? NaN);
        const isLast =
          all.length === 0 || page * Math.min(limit, PAGE) >= total;
        return {
          items: all
            .map(one => this.found(host, one))
            .filter(one =>
              `${one.owner}/${one.name}`
                .toLocaleLowerCase('en-US')
                .includes(text),
            ),
          ...(!isLast && { next: String(page + 1) }),
        };
      },
      'the repositories',
    );
  }

  async get(place: RepositoryPath): Promise<FoundRepository> {
    return this.ask(this.urlOf(place), 'show the repository', async api =>
      this.found(
        place.host,
        (await api.repos.repoGet(place.owner, place.name)).data,
      ),
    );
  }

  async tree({ url, branch }: RepositoryRef): Promise<RepositoryTree> {
    return this.ask(url, 'list the files', async (api, { owner, name }) => {
      const { data } = await api.repos.repoGetBranch(owner, name, branch);
      const commit = data.commit?.id;
      if (!commit) throw new InputError(`The branch ${branch} has no commit.`);
      const files: RepositoryTree['files'] = [];
      let truncated = true;
      for (let page = 1; truncated && page <= MAX_TREE_PAGES; page += 1) {
        const answer = await api.repos.getTree(owner, name, commit, {
          recursive: true,
          page,
          per_page: 1000,
        });
        for (const { path, sha, mode } of answer.data.tree ?? []) {
          if (path && sha && mode?.startsWith('100'))
            files.push({ path, blob: sha });
        }
        truncated = answer.data.truncated ?? false;
      }
      return { commit, files, truncated };
    });
  }

  async text(
    { url }: RepositoryRef,
    { blob, maxBytes }: { blob: string; maxBytes: number },
  ): Promise<string> {
    return this.ask(url, 'read a file', async (api, { owner, name }) => {
      const { data } = await api.repos.getBlob(owner, name, blob);
      if ((data.size ?? 0) > maxBytes)
        throw new InputError(
          `The file has ${data.size} bytes; at most ${maxBytes} are read.`,
        );
      return Buffer.from(data.content ?? '', 'base64').toString('utf8');
    });
  }

  async findWebhook(
    { url: repository }: RepositoryRef,
    url: string,
  ): Promise<InstalledWebhook | undefined> {
    return this.ask(repository, 'list the webhooks', async (api, path) => {
      const hooks = await pages(page =>
        api.repos.repoListHooks(path.owner, path.name, { page, limit: PAGE }),
      );
      const found = hooks.find(hook => hook.config?.url === url);
      return found?.id === undefined
        ? undefined
        : { id: String(found.id), url };
    });
  }

  /** Gitea shows it on its own page alone. */
  async lastAnswer(): Promise<undefined> {
    return undefined;
  }

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
    const signature =
      headers['x-gitea-signature'] ?? headers['x-forgejo-signature'];
    if (!isSignedWith(secret, body, signature)) return undefined;
    const { repository } = (jsonOf(body) ?? {}) as {
      repository?: { clone_url?: unknown };
    };
    const id = headers['x-gitea-delivery'] ?? headers['x-forgejo-delivery'];
    return {
      ...(typeof id === 'string' && { id }),
      event: String(
        headers['x-gitea-event'] ?? headers['x-forgejo-event'] ?? 'unknown',
      ),
      ...(typeof repository?.clone_url === 'string' && {
        repository: repository.clone_url,
      }),
    };
  }

  private found(host: string, repository: Repository): FoundRepository {
    const owner = repository.owner?.login ?? '';
    const name = repository.name ?? '';
    return {
      host,
      owner,
      name,
      url: this.urlOf({ host, owner, name }),
      page: repository.html_url ?? '',
      ...(repository.description && { description: repository.description }),
      ...(repository.default_branch &&
        !repository.empty && { defaultBranch: repository.default_branch }),
      archived: repository.archived ?? false,
      fork: repository.fork ?? false,
      private: repository.private ?? false,
      ...(repository.updated_at && { updatedAt: repository.updated_at }),
    };
  }
}
