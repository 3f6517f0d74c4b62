import type { LiveTopicStore, Told } from '../ports/LiveTopicStore';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { beat, ensureMessages } from './operations/live/beat';
import { installationSecret } from './operations/live/installationSecret';
import { tell } from './operations/live/tell';

/** {@link LiveTopicStore} in the tables `live_messages`, `live_states` and `installation_secrets`. */
export class DatabaseLiveTopicStore implements LiveTopicStore {
  static create(options: StoreOptions): DatabaseLiveTopicStore {
    return new DatabaseLiveTopicStore(storeContext(options));
  }

  private constructor(private readonly context: StoreContext) {}

  async secret(): Promise<string> {
    await ensureMessages(this.context);
    return installationSecret(this.context, 'live-topics');
  }

  tell(options: Parameters<LiveTopicStore['tell']>[0]): Promise<Told> {
    return inTransaction(this.context, undefined, context =>
      tell(context, options),
    );
  }

  beat(quietMs: number): Promise<number | undefined> {
    return beat(this.context, quietMs);
  }

  async prune(olderThanMs: number): Promise<number> {
    const { db, clock } = this.context;
    return db('live_states')
      .where('moved_at', '<', clock.sql(db, -olderThanMs))
      .delete();
  }
}
