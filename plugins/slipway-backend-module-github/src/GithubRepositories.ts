import { InputError } from '@backstage/errors';
import type {
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import type { Octokit } from '@octokit/rest';
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
  type WebhookAnswer,
} from '@slipway/plugin-slipway-node';
import { PAGE, webhookOf } from './answers';

/** So many pages of GitHub are gone through for one of ours: what doesn't match costs a request, too. */
const PAGES_AT_ONCE = 5;

/** Asks GitHub, with every refusal as the error that the port names for it. */
export type AskGithub = <T>(
  url: string,
  act: string,
  question: (api: Octokit, path: RepositoryPath) => Promise<T>,
  where?: string,
) => Promise<T>;

/** What of GitHub's answers is read. */
interface Listed {
  name: string;
  owner: { login: string };
  html_url: string;
  description: string | null;
  default_branch?: string;
  archived?: boolean;
  fork: boolean;
  private: boolean;
  updated_at?: string | null;
}

/** The repositories that the tokens and apps of `integrations.github` can see. */
export class GithubRepositories implements RepositoryHost {
  readonly webhookRight =
    'the scope admin:repo_hook (a fine-grained token or an app: the repository permission Webhooks, read and write)';

  constructor(
    private readonly integrations: Pick<ScmIntegrations, 'github'>,
    private readonly credentials: GithubCredentialsProvider,
    private readonly ask: AskGithub,
  ) {}

  hosts(): string[] {
    return this.integrations.github
      .list()
      .flatMap(({ config: { host, token, apps } }) =>
        token || apps?.length ? [host] : [],
      );
  }

  urlOf({ host, owner, name }: RepositoryPath): string {
    return `${this.baseOf(host)}/${owner}/${name}.git`;
  }

  /** GitHub's own search knows all that is public; here it is what the credentials were given. */
  async search(query: RepositorySearch): Promise<RepositoryPage> {
    const { host, owner, limit } = query;
    const url = this.urlOf({ host, owner: owner ?? 'user', name: 'repos' });
    const { type } = await this.credentials.getCredentials({ url });
    const text = query.text.toLocaleLowerCase('en-US');
    const [first = 1, offset = 0] = (query.cursor ?? '1:0')
      .split(':')
      .map(Number);
    return this.ask(
      url,
      'search',
      async api => {
        const items: FoundRepository[] = [];
        let page = first;
        for (; page < first + PAGES_AT_ONCE; page += 1) {
          const all = await listed(api, type === 'app', page);
          for (let i = page === first ? offset : 0; i < all.length; i += 1) {
            const one = this.found(host, all[i]);
            const full = `${one.owner}/${one.name}`.toLocaleLowerCase('en-US');
            if (!full.includes(text)) continue;
            if (owner && !isSame(owner, one.owner)) continue;
            items.push(one);
            if (items.length === limit)
              return { items, next: `${page}:${i + 1}` };
          }
          if (all.length < PAGE) return { items };
        }
        return { items, next: `${page}:0` };
      },
      'the repositories',
    );
  }

  async get(place: RepositoryPath): Promise<FoundRepository> {
    return this.ask(
      this.urlOf(place),
      'show the repository',
      async (api, { owner, name: repo }) =>
        this.found(place.host, (await api.repos.get({ owner, repo })).data),
    );
  }

  async tree({ url, branch }: RepositoryRef): Promise<RepositoryTree> {
    return this.ask(
      url,
      'list the files',
      async (api, { owner, name: repo }) => {
        const { data: head } = await api.repos.getBranch({
          owner,
          repo,
          branch,
        });
        const commit = head.commit.sha;
        const { data } = await api.git.getTree({
          owner,
          repo,
          tree_sha: commit,
          recursive: '1',
        });
        return {
          commit,
          files: data.tree.flatMap(({ path, sha, mode }) =>
            path && sha && mode?.startsWith('100') ? [{ path, blob: sha }] : [],
          ),
          truncated: data.truncated,
        };
      },
    );
  }

  async text(
    { url }: RepositoryRef,
    { blob, maxBytes }: { blob: string; maxBytes: number },
  ): Promise<string> {
    return this.ask(url, 'read a file', async (api, { owner, name: repo }) => {
      const { data } = await api.git.getBlob({ owner, repo, file_sha: blob });
      if ((data.size ?? 0) > maxBytes)
        throw new InputError(
          `The file has ${data.size} bytes; at most ${maxBytes} are read.`,
        );
      return Buffer.from(data.content, 'base64').toString('utf8');
    });
  }

  async findWebhook(
    repository: RepositoryRef,
    url: string,
  ): Promise<InstalledWebhook | undefined> {
    return this.ask(
      repository.url,
      'list the webhooks',
      async (api, { owner, name: repo }) => {
        const found = await webhookOf(api, { owner, repo }, url);
        return found && { id: String(found.id), url };
      },
    );
  }

  async lastAnswer(
    repository: RepositoryRef,
    webhookId: string,
  ): Promise<WebhookAnswer | undefined> {
    return this.ask(
      repository.url,
      'list the deliveries of the webhook',
      async (api, { owner, name: repo }) => {
        const { data } = await api.repos.listWebhookDeliveries({
          owner,
          repo,
          hook_id: Number(webhookId),
          per_page: 1,
        });
        const [last] = data;
        return (
          last && {
            at: new Date(last.delivered_at).toISOString(),
            ...(last.status_code > 0 && { status: last.status_code }),
            ...(last.status && { message: last.status }),
          }
        );
      },
    );
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
    if (!isSignedWith(secret, body, headers['x-hub-signature-256']))
      return undefined;
    const { repository } = (jsonOf(body) ?? {}) as {
      repository?: { clone_url?: unknown };
    };
    const id = headers['x-github-delivery'];
    return {
      ...(typeof id === 'string' && { id }),
      event: String(headers['x-github-event'] ?? 'unknown'),
      ...(typeof repository?.clone_url === 'string' && {
        repository: repository.clone_url,
      }),
    };
  }

  /** An Enterprise server may be reached in another way than over TLS, which its API's address tells. */
  private baseOf(host: string): string {
    const config = this.integrations.github
      .list()
      .find(it => it.config.host === host)?.config;
    const api = config?.apiBaseUrl;
    return api?.startsWith(`http://${host}/`)
      ? `http://${host}`
      : `https://${host}`;
  }

  private found(host: string, repository: Listed): FoundRepository {
    const { name } = repository;
    const owner = repository.owner.login;
    return {
      host,
      owner,
      name,
      url: this.urlOf({ host, owner, name }),
      page: repository.html_url,
      ...(repository.description && { description: repository.description }),
      ...(repository.default_branch && {
        defaultBranch: repository.default_branch,
      }),
      archived: repository.archived ?? false,
      fork: repository.fork,
      private: repository.private,
      ...(repository.updated_at && { updatedAt: repository.updated_at }),
    };
  }
}

async function listed(
  api: Octokit,
  isApp: boolean,
  page: number,
): Promise<Listed[]> {
  const asked = { page, per_page: PAGE };
  if (!isApp)
    return (
      await api.repos.listForAuthenticatedUser({ ...asked, sort: 'updated' })
    ).data;
  return (await api.apps.listReposAccessibleToInstallation(asked)).data
    .repositories;
}

function isSame(one: string, other: string): boolean {
  return one.toLocaleLowerCase('en-US') === other.toLocaleLowerCase('en-US');
}
