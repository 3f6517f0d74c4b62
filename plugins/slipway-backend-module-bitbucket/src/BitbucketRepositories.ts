import { InputError, NotFoundError } from '@backstage/errors';
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
import type { BitbucketApi } from './BitbucketApi';
import { type Places, question, quoted } from './places';
import { type BitbucketHook, pageOfDelivery } from './shapes';

const PAGE = { pagelen: '100' };
/** Folders below this are not looked at: Bitbucket gives up on trees that are deep and wide. */
const MAX_DEPTH = 10;
const MAX_FILES = 10_000;

interface Repository {
  full_name: string;
  description?: string | null;
  is_private?: boolean;
  mainbranch?: { name: string } | null;
  parent?: object | null;
  updated_on?: string;
  links: { html: { href: string } };
}

/** A file, or a folder whose content is not shown. */
interface Entry {
  type: 'commit_file' | 'commit_directory';
  path: string;
  attributes?: string[];
}

/** Places without a blob's name: a file is named by commit and path. */
const blobOf = (commit: string, path: string) => `${commit}:${path}`;

/** The repositories that the credentials of `integrations.bitbucketCloud` are members of. */
export class BitbucketRepositories implements RepositoryHost {
  readonly webhookRight =
    'the scopes read:webhook:bitbucket and write:webhook:bitbucket, of a user who administrates the repository';

  constructor(private readonly places: Places) {}

  hosts(): string[] {
    return [...this.places.configs.keys()];
  }

  urlOf({ host, owner, name }: RepositoryPath): string {
    const api = this.places.configs.get(host)?.apiBaseUrl ?? 'https://';
    return `${api.split('//')[0]}//${host}/${owner}/${name}.git`;
  }

  /** Bitbucket searches within a workspace: each page is of one, and one without a finding may be empty. */
  async search(query: RepositorySearch): Promise<RepositoryPage> {
    const { host, text, limit } = query;
    const api = this.places.api(host);
    const [at, page] = (query.cursor ?? '0:1').split(':').map(Number);
    const workspaces = query.owner
      ? [query.owner]
      : await this.#workspaces(api);
    const workspace = workspaces[at];
    if (workspace === undefined) return { items: [] };
    const found = await this.#page(api, workspace, { text, limit, page });
    const next = [
      ...(found.next ? [`${at}:${page + 1}`] : []),
      ...(at + 1 < workspaces.length ? [`${at + 1}:1`] : []),
    ][0];
    return {
      items: (found.values ?? []).map(one => this.#found(host, one)),
      ...(next !== undefined && { next }),
    };
  }

  async get(at: RepositoryPath): Promise<FoundRepository> {
    const place = this.places.of({ url: this.urlOf(at) });
    return this.#found(
      at.host,
      await place.api.ask<Repository>(question(place, 'show the repository')),
    );
  }

  async tree(repository: RepositoryRef): Promise<RepositoryTree> {
    const place = this.places.of(repository);
    const act = 'list the files';
    const { target } = await place.api.ask<{ target: { hash: string } }>(
      question(place, act, 'refs', 'branches', repository.branch),
    );
    const entries = await place.api.list<Entry>(
      {
        ...question(place, act, 'src', target.hash, ''),
        query: { ...PAGE, max_depth: String(MAX_DEPTH) },
      },
      MAX_FILES,
    );
    return {
      commit: target.hash,
      files: entries.filter(isRegular).map(({ path }) => ({
        path,
        blob: blobOf(target.hash, path),
      })),
      truncated:
        entries.length >= MAX_FILES ||
        entries.some(
          ({ type, path }) =>
            type === 'commit_directory' && path.split('/').length >= MAX_DEPTH,
        ),
    };
  }

  async text(
    repository: RepositoryRef,
    { blob, maxBytes }: { blob: string; maxBytes: number },
  ): Promise<string> {
    const place = this.places.of(repository);
    const [, commit, path] = /^([^:]*):(.*)$/s.exec(blob) ?? ['', '', blob];
    const asked = question(
      place,
      'read a file',
      ...['src', commit, ...path.split('/')],
    );
    const { size } = await place.api.ask<{ size: number }>({
      ...asked,
      query: { format: 'meta' },
    });
    if (size > maxBytes)
      throw new InputError(
        `The file has ${size} bytes; at most ${maxBytes} are read.`,
      );
    return place.api.text(asked);
  }

  async findWebhook(
    repository: RepositoryRef,
    url: string,
  ): Promise<InstalledWebhook | undefined> {
    const place = this.places.of(repository);
    const hooks = await place.api.list<BitbucketHook>({
      ...question(place, 'list the webhooks', 'hooks'),
      query: PAGE,
    });
    const found = hooks.find(hook => hook.url === url);
    return found && { id: found.uuid, url };
  }

  /** Bitbucket shows deliveries to people alone. */
  async lastAnswer(): Promise<WebhookAnswer | undefined> {
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
    if (!isSignedWith(secret, body, headers['x-hub-signature']))
      return undefined;
    const repository = pageOfDelivery(jsonOf(body));
    const id = headers['x-request-uuid'];
    return {
      ...(typeof id === 'string' && { id }),
      event: String(headers['x-event-key'] ?? 'unknown'),
      ...(repository !== undefined && { repository }),
    };
  }

  async #workspaces(api: BitbucketApi): Promise<string[]> {
    const all = await api.list<{ workspace: { slug: string } }>({
      act: 'list the workspaces',
      path: ['user', 'workspaces'],
      query: PAGE,
    });
    return all.map(({ workspace }) => workspace.slug);
  }

  async #page(
    api: BitbucketApi,
    workspace: string,
    { text, limit, page }: { text: string; limit: number; page: number },
  ): Promise<{ values?: Repository[]; next?: string }> {
    try {
      return await api.ask({
        act: `search the repositories of ${workspace}`,
        path: ['repositories', workspace],
        query: {
          role: 'member',
          sort: '-updated_on',
          pagelen: String(limit),
          page: String(page),
          ...(text && { q: `full_name ~ ${quoted(text)}` }),
        },
      });
    } catch (error) {
      if (error instanceof NotFoundError) return {};
      throw error;
    }
  }

  #found(host: string, repository: Repository): FoundRepository {
    const { full_name, description, mainbranch, parent } = repository;
    const [owner, name] = full_name.split('/');
    const place = { host, owner, name };
    return {
      ...place,
      url: this.urlOf(place),
      page: repository.links.html.href,
      ...(description && { description }),
      ...(mainbranch && { defaultBranch: mainbranch.name }),
      // Bitbucket knows no archive.
      archived: false,
      fork: Boolean(parent),
      private: repository.is_private !== false,
      ...(repository.updated_on && { updatedAt: repository.updated_on }),
    };
  }
}

function isRegular({ type, attributes }: Entry): boolean {
  const isElsewhere = attributes?.some(it =>
    ['link', 'subrepository'].includes(it),
  );
  return type === 'commit_file' && !isElsewhere;
}
