import { createHash } from 'node:crypto';
import type {
  AskedMove,
  ReleaseRecord,
  ReleaseStore,
  SpecDispatch,
  WantedRevision,
} from '../ports/ReleaseStore';
import type { Transaction } from '../ports/Transaction';
import type { WorkQueue } from '../ports/WorkQueue';
import {
  inTransaction,
  StoreContext,
  storeContext,
  StoreOptions,
} from './context';
import { arriveMove } from './operations/releases/arriveMove';
import {
  forgetMove,
  getMove,
  noteProposed,
  proposeMove,
} from './operations/releases/askedMoves';
import { askRelease } from './operations/releases/askRelease';
import {
  forgetDispatches,
  keepDispatch,
  listDispatches,
} from './operations/releases/dispatches';
import { getRelease, listReleases } from './operations/releases/listReleases';
import { rememberSignature } from './operations/releases/rememberSignature';
import { listWanted, settleWanted } from './operations/releases/wanted';

/** A page of releases is read by a person; older ones are in Git. */
const LIMIT = 200;

/** {@link ReleaseStore} in the tables `releases`, `wanted_revisions`, `asked_moves`, `spec_dispatches` and `seen_signatures`. */
export class DatabaseReleaseStore implements ReleaseStore {
  static create(
    options: StoreOptions & { queue: WorkQueue },
  ): DatabaseReleaseStore {
    return new DatabaseReleaseStore(storeContext(options), options.queue);
  }

  private constructor(
    private readonly context: StoreContext,
    private readonly queue: WorkQueue,
  ) {}

  list(
    organization: string,
    service: string,
    { limit = LIMIT }: { limit?: number } = {},
  ): Promise<ReleaseRecord[]> {
    return listReleases(this.context.db, organization, service, limit);
  }

  get(
    organization: string,
    service: string,
    id: string,
  ): Promise<ReleaseRecord | undefined> {
    return getRelease(this.context.db, organization, service, id);
  }

  ask(
    ...[release, wishes, options]: Parameters<ReleaseStore['ask']>
  ): ReturnType<ReleaseStore['ask']> {
    return inTransaction(this.context, undefined, context =>
      askRelease(context, release, wishes, options, (keys, trx) =>
        this.queue.mark(keys, { trx }),
      ),
    );
  }

  wanted(filter: {
    environment?: string;
    organization?: string;
    service?: string;
  }): Promise<WantedRevision[]> {
    return listWanted(this.context.db, filter);
  }

  settle(
    environment: string,
    serials: string[],
    options: { trx?: Transaction } = {},
  ): Promise<void> {
    return inTransaction(this.context, options.trx, context =>
      settleWanted(context, environment, serials),
    );
  }

  propose(
    ...[release, environment, origin]: Parameters<ReleaseStore['propose']>
  ): Promise<AskedMove> {
    return inTransaction(this.context, undefined, context =>
      proposeMove(context, release, environment, origin),
    );
  }

  proposed(serials: string[], changeId: string): Promise<void> {
    return noteProposed(this.context, serials, changeId);
  }

  moving(environment: string): Promise<AskedMove | undefined> {
    return getMove(this.context.db, environment);
  }

  arrived(move: AskedMove): Promise<boolean> {
    return inTransaction(this.context, undefined, context =>
      arriveMove(context, move, keys =>
        this.queue.mark(keys, { trx: context.db }),
      ),
    );
  }

  async drop(move: AskedMove): Promise<void> {
    await forgetMove(this.context, move);
  }

  async dispatch(
    ...[dispatch, once]: Parameters<ReleaseStore['dispatch']>
  ): Promise<string> {
    const key = `dispatch:${dispatch.organization}/${dispatch.service}`;
    await inTransaction(this.context, undefined, async context => {
      if (once) {
        const { signature, keepMs } = once;
        const digest = createHash('sha256').update(signature).digest('hex');
        // Merged a second time it could undo what came since.
        if (!(await rememberSignature(context, digest, keepMs))) return;
      }
      await keepDispatch(context, dispatch);
      await this.queue.mark([key], { trx: context.db });
    });
    return key;
  }

  dispatches(organization: string, service: string): Promise<SpecDispatch[]> {
    return listDispatches(this.context.db, organization, service);
  }

  forgetDispatches(ids: string[]): Promise<void> {
    return forgetDispatches(this.context.db, ids);
  }
}
