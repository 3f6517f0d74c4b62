import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  ApiOpenChangeRequest,
  ApiPlatformFile,
} from '@slipway/plugin-slipway-common';
import type {
  FileChange,
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import {
  addedTo,
  contentAt,
  type Standing,
  standingAt,
} from '../../domain/changes/standing';

/** As much as the API takes of either. */
const MAX_TITLE = 300;
const MAX_DESCRIPTION = 20_000;

/** A request that was repeated is looked for in so many commits of each change of its branch. */
const LOOKED_AT = 100;

/** What a change request becomes with what is added to it. */
export interface Addition {
  files: FileChange[];
  title: string;
  description: string;
  /** Where all that was read; opened elsewhere it could take back what somebody else did. */
  expectedBase?: string;
  expectedHead?: string | null;
}

/**
 * Edits of files that are added to the open change request of their subject, instead of taking its place: two people who
 * edit one service find both edits in one change request.
 */
export class Additions {
  constructor(private readonly host: GitHost) {}

  /** A file as it would be with the open change, and what to name when it is edited. */
  async file(
    repository: RepositoryRef,
    branch: string,
    path: string,
  ): Promise<ApiPlatformFile> {
    const standing = await standingAt(this.host, repository, branch);
    assertMergeable(standing);
    const { base, change } = standing;
    const content = await contentAt(this.host, repository, standing, path);
    if (content === undefined) {
      if (change && standing.files.some(file => file.path === path)) {
        throw new ConflictError(
          `Change request ${named(change)} removes ${path}. Merge it, or close it if the file is to stay.`,
        );
      }
      throw new NotFoundError(
        `There is no file ${path} in the platform repository, or you may not see it.`,
      );
    }
    return {
      path,
      content,
      commit: base ?? '',
      digest: digestOf(content),
      ...(change && {
        changeRequest: {
          id: change.id,
          number: change.number,
          title: change.title,
        },
      }),
    };
  }

  /**
   * What to open; or the change that holds it already, where the request is a repeated one. Throws ConflictError that
   * names the open change where the files aren't any more what they were edited from.
   */
  async of(
    repository: RepositoryRef,
    branch: string,
    request: ApiOpenChangeRequest,
    { files, key }: { files: FileChange[]; key: string },
  ): Promise<Addition | { done: HostedChange }> {
    const { from = [], title, description = '' } = request;
    const stranger = from.find(
      ({ path }) => !files.some(file => file.path === path),
    );
    if (stranger) {
      throw new InputError(
        `from names ${stranger.path}, which is none of the files of the change.`,
      );
    }
    const standing = await standingAt(this.host, repository, branch);
    const { change } = standing;
    const contents = new Map<string, string | undefined>();
    for (const { path } of files)
      contents.set(
        path,
        await contentAt(this.host, repository, standing, path),
      );
    const isThere = files.every(
      ({ path, content }) => (content ?? undefined) === contents.get(path),
    );
    if (change && isThere && standing.conflicts.length === 0)
      return { done: change };
    const stale = from.filter(
      ({ path, digest }) => digestOf(contents.get(path) ?? '') !== digest,
    );
    if (stale.length > 0 || standing.conflicts.length > 0) {
      const done = await this.repeated(repository, branch, key);
      if (done) return { done };
      assertMergeable(standing);
      const paths = stale.map(({ path }) => path).join(', ');
      throw new ConflictError(
        change
          ? `Change request ${named(change)} has changed ${paths} since it was read. Run the template, or make the edit, again: it is made to what is there now, and added to that change request.`
          : `${paths} has changed since it was read. Run the template, or make the edit, again.`,
      );
    }
    return {
      ...addedTo(standing, files),
      ...(change
        ? together(change, { title, description })
        : { title, description }),
    };
  }

  /** The change that this very request has opened, or was added to. */
  private async repeated(
    repository: RepositoryRef,
    branch: string,
    key: string,
  ): Promise<HostedChange | undefined> {
    const changes = (await this.host.listChanges(repository)).filter(
      one => one.branch === branch && one.state !== 'closed',
    );
    for (const change of changes) {
      try {
        const commits = await this.host.log(repository, {
          from: change.baseCommit,
          to: change.headCommit,
          limit: LOOKED_AT,
        });
        if (
          commits.some(
            ({ trailers }) => trailers['Slipway-Idempotency-Key'] === key,
          )
        )
          return change;
      } catch (error) {
        // A host that squashes may have tidied the commits away; then it can't be told any more.
        if (!(error instanceof NotFoundError)) throw error;
      }
    }
    return undefined;
  }
}

/** Known to whoever reads a file, to say later what they have read. */
function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function named({ number, title }: HostedChange): string {
  return `#${number} (${title})`;
}

function assertMergeable({ change, conflicts }: Standing): void {
  if (change && conflicts.length > 0) {
    throw new ConflictError(
      `Change request ${named(change)} is open and conflicts with the base in ${conflicts.join(', ')}, so nothing can be added to it. ` +
        `Solve that on its branch ${change.branch}, or close it, and run the template again.`,
    );
  }
}

/** Title and description that tell both what was there and what comes. */
function together(
  known: { title: string; description: string },
  { title, description }: { title: string; description: string },
): { title: string; description: string } {
  const both = `${known.title}; ${title}`;
  const more = '; and more';
  const short = known.title.endsWith(more)
    ? known.title
    : known.title.slice(0, MAX_TITLE - more.length) + more;
  return {
    title: both.length <= MAX_TITLE ? both : short,
    description: [known.description, title, description]
      .map(text => text.trim())
      .filter(Boolean)
      .join('\n\n')
      .slice(-MAX_DESCRIPTION),
  };
}
