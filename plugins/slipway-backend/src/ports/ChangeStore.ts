import {
  ChangeComment,
  ChangeState,
  HostedChange,
  HostedPullRequest,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';

/** Where the portal keeps its change requests: all there is of those of plain Git, and what was last seen of others. */
export interface ChangeStore {
  /**
   * Inserts the change with the next number of its repository, or returns the open one of the same branch.
   * Two callers at once get the same change (unique index over repository URL and open branch). Another author than
   * that of the open one becomes one of its editors.
   */
  adoptOrInsert(
    change: Omit<
      HostedChange,
      | 'id'
      | 'number'
      | 'state'
      | 'createdAt'
      | 'updatedAt'
      | 'mergeCommit'
      | 'url'
      | 'pullRequest'
      | 'editors'
    >,
  ): Promise<{ change: HostedChange; adopted: boolean }>;
  /** With its editors. */
  get(id: string): Promise<HostedChange | undefined>;
  list(
    repository: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]>;
  /** Compare-and-swap on `headCommit` and `state: open`; false when somebody was faster. */
  update(
    id: string,
    expected: { headCommit: string },
    patch: Partial<
      Pick<
        HostedChange,
        | 'title'
        | 'description'
        | 'baseCommit'
        | 'headCommit'
        | 'state'
        | 'mergeCommit'
      >
    >,
  ): Promise<boolean>;
  /** Writes what the host of a change says of it, open or not; false when there is no such change. */
  observe(id: string, pullRequest: HostedPullRequest): Promise<boolean>;
  listComments(id: string): Promise<ChangeComment[]>;
  addComment(
    id: string,
    comment: Omit<ChangeComment, 'id' | 'at'>,
  ): Promise<ChangeComment>;
}
