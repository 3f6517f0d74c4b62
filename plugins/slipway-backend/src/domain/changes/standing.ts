import type {
  FileChange,
  GitHost,
  HostedChange,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';

/** How a repository would be with the open change of a branch: what an edit begins with that is to be added to it. */
export interface Standing {
  /** Head of the branch that counts; undefined while it has no commit. */
  base: string | undefined;
  /** The open change, if there is one. */
  change?: HostedChange;
  /** What merging it would change in the base. */
  files: FileChange[];
  /** Files in which it can't be merged; they are not among `files`. */
  conflicts: string[];
}

/** Looks at the open change of a branch, merged with the base as it is now. */
export async function standingAt(
  host: Pick<GitHost, 'head' | 'listChanges' | 'previewMerge'>,
  repository: RepositoryRef,
  branch: string,
): Promise<Standing> {
  const head = await host.head(repository);
  const open = await host.listChanges(repository, { state: 'open' });
  const change = open.find(one => one.branch === branch);
  if (!change) return { base: head, files: [], conflicts: [] };
  const preview = await host.previewMerge(repository, change.id);
  return {
    base: preview.base,
    change: { ...change, headCommit: preview.head },
    files: preview.files,
    conflicts: preview.conflicts,
  };
}

/** What a file holds with the open change; undefined where it isn't there, or the change takes it away. */
export async function contentAt(
  host: Pick<GitHost, 'readFile'>,
  repository: RepositoryRef,
  standing: Standing,
  path: string,
): Promise<string | undefined> {
  const changed = standing.files.find(file => file.path === path);
  if (changed) return changed.content ?? undefined;
  if (standing.base === undefined) return undefined;
  const file = await host.readFile(repository, {
    commit: standing.base,
    path,
  });
  return file?.content;
}

/**
 * What it takes to open the change with these files beside what it holds already. A host builds a change of exactly the
 * files that it is given, on the base: whoever gives it one file alone takes the others out, and whoever has read it
 * elsewhere undoes what came since. So all go in, and only where they were read.
 */
export function addedTo(
  { base, change, files }: Standing,
  more: FileChange[],
): { files: FileChange[]; expectedBase?: string; expectedHead: string | null } {
  const changed = new Set(more.map(({ path }) => path));
  return {
    files: [...files.filter(({ path }) => !changed.has(path)), ...more],
    ...(base !== undefined && { expectedBase: base }),
    expectedHead: change?.headCommit ?? null,
  };
}
