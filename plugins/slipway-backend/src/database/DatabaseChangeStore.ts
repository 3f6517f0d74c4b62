import type {
  ChangeComment,
  ChangeState,
  HostedChange,
  HostedPullRequest,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import type { ChangeStore } from '../ports/ChangeStore';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { addComment } from './operations/changes/addComment';
import { listChanges } from './operations/changes/listChanges';
import { listComments } from './operations/changes/listComments';
import { listEditors } from './operations/changes/listEditors';
import { observeChange } from './operations/changes/observeChange';
import { NewChange, openChange } from './operations/changes/openChange';
import { ChangePatch, updateChange } from './operations/changes/updateChange';

/** {@link ChangeStore} in the tables `changes` and `change_…`. */
export class DatabaseChangeStore implements ChangeStore {
  static create(options: StoreOptions): DatabaseChangeStore {
    return new DatabaseChangeStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  adoptOrInsert(
    change: NewChange,
  ): Promise<{ change: HostedChange; adopted: boolean }> {
    return inTransaction(this.context, undefined, context =>
      openChange(context, change),
    );
  }

  async get(id: string): Promise<HostedChange | undefined> {
    const [change] = await listChanges(this.context.db, { id });
    if (!change) return undefined;
    // Editors only ever become more, so the two reads need not be of one moment.
    const editors = await listEditors(this.context.db, id);
    return editors.length > 0 ? { ...change, editors } : change;
  }

  list(
    repository: RepositoryRef,
    filter: { state?: ChangeState } = {},
  ): Promise<HostedChange[]> {
    return listChanges(this.context.db, { repository, state: filter.state });
  }

  update(
    id: string,
    expected: { headCommit: string },
    patch: ChangePatch,
  ): Promise<boolean> {
    return updateChange(this.context, id, expected, patch);
  }

  observe(id: string, pullRequest: HostedPullRequest): Promise<boolean> {
    return observeChange(this.context, id, pullRequest);
  }

  listComments(id: string): Promise<ChangeComment[]> {
    return listComments(this.context.db, id);
  }

  addComment(
    id: string,
    comment: Omit<ChangeComment, 'id' | 'at'>,
  ): Promise<ChangeComment> {
    return inTransaction(this.context, undefined, context =>
      addComment(context, id, comment),
    );
  }
}
