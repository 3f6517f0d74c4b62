import type {
  ChangeComment,
  ChangeState,
  FileChange,
  FileDiff,
  HostedChange,
  MergeChangeInput,
  OpenChangeInput,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';

/** The part of a `GitHost` that is about change requests. */
export interface Changes {
  open(input: OpenChangeInput): Promise<HostedChange>;
  get(ref: RepositoryRef, id: string): Promise<HostedChange>;
  list(
    ref: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]>;
  diff(ref: RepositoryRef, id: string): Promise<FileDiff[]>;
  preview(
    ref: RepositoryRef,
    id: string,
  ): Promise<{
    base: string;
    head: string;
    files: FileChange[];
    conflicts: string[];
  }>;
  merge(
    ref: RepositoryRef,
    id: string,
    input: MergeChangeInput,
  ): Promise<HostedChange>;
  close(ref: RepositoryRef, id: string): Promise<HostedChange>;
  listComments(ref: RepositoryRef, id: string): Promise<ChangeComment[]>;
  addComment(
    ref: RepositoryRef,
    id: string,
    comment: { author: string; body: string; verdict?: 'approved' },
  ): Promise<ChangeComment>;
}
