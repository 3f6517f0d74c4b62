import type { Transaction } from './Transaction';
import type { Episode, EpisodeKind, EpisodeOutcome } from '../domain/episodes';

/** What people are told about: each row is the intent to tell, recorded before anything is sent. */
export interface EpisodeStore {
  /** Of one environment, oldest first. */
  list(environment: string): Promise<Episode[]>;
  /**
   * Whether there is any episode of an environment, or the queue holds this key, which may be about to begin one. What
   * ends no episode and begins none need not be looked at.
   */
  isFollowed(
    environment: string,
    key: string,
    options?: { trx?: Transaction },
  ): Promise<boolean>;
  /** Begins an episode; the one that is open already when there is one. */
  begin(environment: string, kind: EpisodeKind): Promise<Episode>;
  end(id: string, outcome: EpisodeOutcome): Promise<void>;
  /** Right before it is sent. */
  markTelling(id: string): Promise<void>;
  /** Right after it was sent. */
  markTold(id: string): Promise<void>;
  /** Nothing is left to be told about it. */
  remove(id: string): Promise<void>;
}
