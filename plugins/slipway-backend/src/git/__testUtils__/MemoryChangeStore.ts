import {
  ChangeComment,
  ChangeState,
  HostedChange,
  HostedPullRequest,
  RepositoryRef,
} from '@slipway/plugin-slipway-node';
import { ChangeStore } from '../../ports/ChangeStore';

/** The port's contract, kept in memory. */
export class MemoryChangeStore implements ChangeStore {
  readonly changes = new Map<string, HostedChange>();
  readonly comments = new Map<string, ChangeComment[]>();
  #next = 1;

  async adoptOrInsert(
    change: Parameters<ChangeStore['adoptOrInsert']>[0],
  ): Promise<{ change: HostedChange; adopted: boolean }> {
    for (const existing of this.changes.values()) {
      if (
        existing.state === 'open' &&
        existing.repository.url === change.repository.url &&
        existing.branch === change.branch
      ) {
        const { author, editors = [] } = existing;
        if (author !== change.author && !editors.includes(change.author))
          existing.editors = [...editors, change.author];
        return { change: { ...existing }, adopted: true };
      }
    }
    const number = this.#next++;
    const at = new Date(number).toISOString();
    const inserted: HostedChange = {
      ...change,
      id: `change-${number}`,
      number,
      state: 'open',
      createdAt: at,
      updatedAt: at,
    };
    this.changes.set(inserted.id, inserted);
    return { change: { ...inserted }, adopted: false };
  }

  async get(id: string): Promise<HostedChange | undefined> {
    const change = this.changes.get(id);
    return change && { ...change };
  }

  async list(
    repository: RepositoryRef,
    filter?: { state?: ChangeState },
  ): Promise<HostedChange[]> {
    return [...this.changes.values()]
      .filter(
        change =>
          change.repository.url === repository.url &&
          (!filter?.state || change.state === filter.state),
      )
      .map(change => ({ ...change }));
  }

  async update(
    id: string,
    expected: { headCommit: string },
    patch: Parameters<ChangeStore['update']>[2],
  ): Promise<boolean> {
    const change = this.changes.get(id);
    if (change?.state !== 'open' || change.headCommit !== expected.headCommit) {
      return false;
    }
    this.changes.set(id, { ...change, ...patch });
    return true;
  }

  async observe(id: string, pullRequest: HostedPullRequest): Promise<boolean> {
    const change = this.changes.get(id);
    if (!change) return false;
    const { number, url } = pullRequest;
    this.changes.set(id, { ...change, pullRequest, number, url });
    return true;
  }

  async listComments(id: string): Promise<ChangeComment[]> {
    return this.comments.get(id) ?? [];
  }

  async addComment(
    id: string,
    comment: Omit<ChangeComment, 'id' | 'at'>,
  ): Promise<ChangeComment> {
    const list = this.comments.get(id) ?? [];
    const added = {
      ...comment,
      id: `comment-${list.length + 1}`,
      at: new Date(0).toISOString(),
    };
    this.comments.set(id, [...list, added]);
    return added;
  }
}
