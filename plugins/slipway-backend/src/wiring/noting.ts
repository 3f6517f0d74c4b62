import type { Stores } from '../database/createStores';
import { standings, type EpisodeKind, type Standing } from '../domain/episodes';
import type { EnvironmentRecord } from '../ports/EnvironmentStore';
import type { Transaction } from '../ports/Transaction';
import { overriding } from './overriding';

/**
 * The stores, whose transitions note in the same transaction that somebody may have to be told. What is told, and
 * whether, the notification's own run decides; a stop between the two loses nothing. A step on the way that changes
 * nothing for anybody is not noted: a rollout has many of them.
 */
export function notingStores(stores: Stores): Stores {
  const { environments, queue, transactions, episodes } = stores;
  const note = (key: string, trx: Transaction) =>
    queue.mark([`notification:${key}`], { trx });
  /** Most environments come up without anybody being told anything: then there is nothing to look for. */
  const noteMove = async (
    key: string,
    before: EnvironmentRecord | undefined,
    after: EnvironmentRecord,
    trx: Transaction,
  ) => {
    const was = standings({ conditions: before?.conditions });
    const is = standings({ conditions: after.conditions });
    // Drift is told by its own store.
    const moved = ([kind]: [string, Standing]) =>
      kind !== 'drifted' &&
      was[kind as EpisodeKind] !== is[kind as EpisodeKind];
    const standing = Object.entries(is).filter(moved);
    if (standing.length === 0) return;
    const begins = standing.some(([, now]) => now === 'stands');
    if (
      begins ||
      (await episodes.isFollowed(key, `notification:${key}`, { trx }))
    )
      await note(key, trx);
  };
  const within = <T>(
    trx: Transaction | undefined,
    work: (trx: Transaction) => Promise<T>,
  ): Promise<T> => (trx ? work(trx) : transactions.run(work));

  return {
    ...stores,
    environments: overriding(environments, {
      save: (key, revision, patch, options = {}) =>
        within(options.trx, async trx => {
          const before = patch.conditions
            ? (options.before ?? (await environments.get(key, { trx })))
            : undefined;
          const saved = await environments.save(key, revision, patch, {
            ...options,
            trx,
          });
          if (patch.conditions) await noteMove(key, before, saved, trx);
          return saved;
        }),
      recordTransition: (key, conditions, cause, options = {}) =>
        within(options.trx, async trx => {
          const before = await environments.get(key, { trx });
          const result = await environments.recordTransition(
            key,
            conditions,
            cause,
            { ...options, trx },
          );
          await noteMove(key, before, result.environment, trx);
          return result;
        }),
      remove: (key, revision, options = {}) =>
        within(options.trx, async trx => {
          const removed = await environments.remove(key, revision, {
            ...options,
            trx,
          });
          if (removed) await note(key, trx);
          return removed;
        }),
    }),
    drifts: overriding(stores.drifts, {
      save: (record, options) =>
        within(options.trx, async trx => {
          const saved = await stores.drifts.save(record, { ...options, trx });
          if (!saved.same) await note(record.environment, trx);
          return saved;
        }),
    }),
  };
}
