import type { LiveEnvironment, SourceAge } from '../domain/live/types';

/** What the watches know, in memory; may be dropped at any time and rebuilds itself. */
export interface StatusIndex {
  /** Everything known of one environment; empty lists while nothing is. No call to any cluster. */
  environment(key: string): LiveEnvironment;
  /** How well each cluster is known. */
  clusters(): Array<Omit<SourceAge, 'asOf'> & { asOf?: Date }>;
  /** Keys of environments, and of services (`<org>/<service>`), whose state changed, a little batched. Returns the way to stop. */
  onChange(listener: (keys: string[]) => void): () => void;
}
