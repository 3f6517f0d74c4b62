import type { ObjectRef } from './Clusters';

/** Somebody nobody allowed wrote to an object; what the watches saw of it. */
export interface ForeignWrite {
  object: ObjectRef;
  manager: string;
  tool: string;
  operation: 'Apply' | 'Update';
  /** As the API server says, in whole seconds. */
  at: string;
  /** Paths of the fields, for people. */
  fields: string[];
}

/**
 * What the watches know of writes, in memory: who wrote what is not kept with the objects that are shown. It forgets at
 * a restart, and what was written while nobody watched was never seen.
 */
export interface WriteLog {
  /**
   * A fingerprint of each object of an environment by its `refKey`: it changes with the generation and with every write
   * by a manager that isn't the status's. Objects that others own (Pods, ReplicaSets) are not among them.
   */
  seen(environment: string): ReadonlyMap<string, string>;
  /** Writes by managers that nobody allowed, oldest first; the newest few. */
  foreign(environment: string): ForeignWrite[];
  /** Forgets the writes that were looked at. */
  forget(environment: string, writes: ForeignWrite[]): void;
  /** Keys of environments with an object that was written, made or deleted. Returns the way to stop. */
  onWritten(listener: (environments: string[]) => void): () => void;
}

/** A kind whose objects a cluster doesn't let us watch. */
export interface UnseenKind {
  cluster: string;
  apiVersion: string;
  kind: string;
  /** The cluster's own words. */
  message: string;
}
