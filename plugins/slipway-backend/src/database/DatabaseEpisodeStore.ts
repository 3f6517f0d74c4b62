import type { Episode, EpisodeKind, EpisodeOutcome } from '../domain/episodes';
import type { EpisodeStore } from '../ports/EpisodeStore';
import type { Transaction } from '../ports/Transaction';
import { StoreContext, storeContext, StoreOptions } from './context';
import { beginEpisode } from './operations/episodes/beginEpisode';
import { isFollowed } from './operations/episodes/isFollowed';
import { listEpisodes } from './operations/episodes/listEpisodes';
import { markEpisode } from './operations/episodes/markEpisode';
import { removeEpisode } from './operations/episodes/removeEpisode';

/** {@link EpisodeStore} in the table `episodes`. */
export class DatabaseEpisodeStore implements EpisodeStore {
  static create(options: StoreOptions): DatabaseEpisodeStore {
    return new DatabaseEpisodeStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  list(environment: string): Promise<Episode[]> {
    return listEpisodes(this.context.db, environment);
  }

  isFollowed(
    environment: string,
    key: string,
    options: { trx?: Transaction } = {},
  ): Promise<boolean> {
    return isFollowed(options.trx ?? this.context.db, environment, key);
  }

  begin(environment: string, kind: EpisodeKind): Promise<Episode> {
    return beginEpisode(this.context, environment, kind);
  }

  end(id: string, outcome: EpisodeOutcome): Promise<void> {
    return markEpisode(this.context, id, 'ended_at', { outcome });
  }

  markTelling(id: string): Promise<void> {
    return markEpisode(this.context, id, 'telling_at');
  }

  markTold(id: string): Promise<void> {
    return markEpisode(this.context, id, 'told_at');
  }

  remove(id: string): Promise<void> {
    return removeEpisode(this.context.db, id);
  }
}
