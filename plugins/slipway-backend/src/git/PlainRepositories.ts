import { promises as fs } from 'node:fs';
import path from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  FoundRepository,
  GitHost,
  RepositoryBrowser,
  RepositoryPage,
  RepositoryPath,
  RepositoryRef,
  RepositorySearch,
  RepositoryTree,
} from '@slipway/plugin-slipway-node';
import { parseLocation } from './location';

/** How plain Git is called where a host has a name. */
const HOST = 'plain Git';
/** What an owner or a repository may be called; no step that leads elsewhere. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9_.-]*$/;
/** Groups in groups; deeper ones are found by their owner. */
const MAX_DEPTH = 4;
/** What Git writes into a new repository. */
const UNNAMED = /^Unnamed repository/;

/**
 * The repositories on disk below `slipway.git.plainBaseUrl`: `<owner>/<name>.git`. A server that only speaks Git lists
 * nothing, so there is nothing to search at one.
 */
export class PlainRepositories implements RepositoryBrowser {
  private constructor(
    private readonly base: { folder: string; url: string },
    private readonly git: Pick<GitHost, 'head' | 'listFiles' | 'readFiles'>,
  ) {}

  /** Undefined where the repositories don't lie on disk. */
  static below(
    baseUrl: string | undefined,
    git: Pick<GitHost, 'head' | 'listFiles' | 'readFiles'>,
  ): PlainRepositories | undefined {
    if (baseUrl === undefined) return undefined;
    const location = parseLocation(baseUrl);
    if (location.kind !== 'local') return undefined;
    return new PlainRepositories(
      { folder: location.path, url: baseUrl.replace(/\/+$/, '') },
      git,
    );
  }

  hosts(): string[] {
    return [HOST];
  }

  urlOf(place: RepositoryPath): string {
    const { owner, name } = named(place);
    return `${this.base.url}/${owner}/${name}.git`;
  }

  async search(query: RepositorySearch): Promise<RepositoryPage> {
    const { owner, limit } = query;
    const text = query.text.toLocaleLowerCase('en-US');
    const from = Number(query.cursor ?? 0);
    const places = (await this.places(owner?.split('/') ?? []))
      .filter(one =>
        `${one.owner}/${one.name}`.toLocaleLowerCase('en-US').includes(text),
      )
      .sort((a, b) =>
        `${a.owner}/${a.name}`.localeCompare(`${b.owner}/${b.name}`, 'en-US'),
      );
    const items = await Promise.all(
      places.slice(from, from + limit).map(place => this.get(place)),
    );
    const next = from + limit;
    return { items, ...(next < places.length && { next: String(next) }) };
  }

  async get(place: RepositoryPath): Promise<FoundRepository> {
    const { owner, name } = named(place);
    const folder = path.join(
      this.base.folder,
      ...owner.split('/'),
      `${name}.git`,
    );
    const head = await textOf(path.join(folder, 'HEAD'));
    if (head === undefined)
      throw new NotFoundError(
        `There is no repository ${owner}/${name} among those of plain Git.`,
      );
    const branch = /^ref: refs\/heads\/(.+)$/.exec(head)?.[1];
    const description = await textOf(path.join(folder, 'description'));
    const url = this.urlOf(place);
    const hasBranch =
      branch !== undefined && (await this.hasBranch({ url, branch }));
    return {
      host: HOST,
      owner,
      name,
      url,
      page: '',
      ...(description && !UNNAMED.test(description) && { description }),
      ...(hasBranch && { defaultBranch: branch }),
      archived: false,
      fork: false,
      private: false,
    };
  }

  async tree(repository: RepositoryRef): Promise<RepositoryTree> {
    const commit = await this.git.head(repository);
    if (commit === undefined)
      throw new NotFoundError(
        `There is no branch ${repository.branch}, or it has no commit.`,
      );
    const files = await this.git.listFiles(repository, { commit });
    return {
      commit,
      // Read again by path: Git finds a file of a commit as fast as a blob.
      files: files
        .filter(({ mode }) => mode.startsWith('100'))
        .map(file => ({ path: file.path, blob: `${commit}:${file.path}` })),
      truncated: false,
    };
  }

  async text(
    repository: RepositoryRef,
    { blob, maxBytes }: { blob: string; maxBytes: number },
  ): Promise<string> {
    const colon = blob.indexOf(':');
    const [file] = await this.git.readFiles(repository, {
      commit: blob.slice(0, colon),
      prefixes: [blob.slice(colon + 1)],
      maxBytesPerFile: maxBytes,
    });
    if (!file) throw new NotFoundError('The file is not there any more.');
    if (file.omitted === 'too-large')
      throw new InputError(
        `The file is larger than the ${maxBytes} bytes that are read.`,
      );
    return file.content;
  }

  private async hasBranch(repository: RepositoryRef): Promise<boolean> {
    try {
      return (await this.git.head(repository)) !== undefined;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }

  /** Repositories of an owner and below it. */
  private async places(owner: string[], depth = 0): Promise<RepositoryPath[]> {
    if (!owner.every(part => NAME.test(part))) return [];
    const folder = path.join(this.base.folder, ...owner);
    const entries = await fs
      .readdir(folder, { withFileTypes: true })
      .catch((error: NodeJS.ErrnoException) => {
        // Nothing was made there yet.
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
        throw error;
      });
    const found = await Promise.all(
      entries
        // No links: they could lead anywhere.
        .filter(entry => entry.isDirectory() && NAME.test(entry.name))
        .map(async ({ name }): Promise<RepositoryPath[]> => {
          if (!name.endsWith('.git'))
            return depth < MAX_DEPTH
              ? this.places([...owner, name], depth + 1)
              : [];
          if (owner.length === 0) return [];
          const isRepository =
            (await textOf(path.join(folder, name, 'HEAD'))) !== undefined;
          return isRepository
            ? [{ host: HOST, owner: owner.join('/'), name: name.slice(0, -4) }]
            : [];
        }),
    );
    return found.flat();
  }
}

/** The place, when its names lead nowhere else; throws `InputError` for any other. */
function named(place: RepositoryPath): RepositoryPath {
  const parts = [...place.owner.split('/'), place.name];
  if (!parts.every(part => NAME.test(part)))
    throw new InputError(
      `${place.owner}/${place.name} is no name of a repository: letters, digits, _, - and . are allowed, and no step that leads elsewhere.`,
    );
  return place;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await fs.readFile(file, 'utf8')).trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
