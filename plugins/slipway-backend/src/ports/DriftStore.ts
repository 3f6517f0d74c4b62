import type { ObjectDrift } from '../domain/drift/types';
import type { ObjectRef } from './Clusters';
import type { TimelineEntry } from './TimelineStore';
import type { Transaction } from './Transaction';
import type { Lease } from './WorkQueue';

/** What an object was checked against: while both stay, so does the answer. */
export interface DriftCheck {
  /** What the watches had seen of it; absent for a kind that isn't watched. */
  seen?: string;
  /** Hash of the object in Git. */
  wanted: string;
}

/** Whether an environment differs, at a glance. */
export interface DriftGlance {
  /** Key of the environment. */
  environment: string;
  state: 'none' | 'drifted' | 'unknown';
  /** When the episode began; absent while there is none. */
  since?: Date;
  /** When the state changed. */
  changedAt: Date;
  /** When a cluster last answered; absent when none ever did. */
  checkedAt?: Date;
  /** Why it is not known. */
  message?: string;
  objects: number;
  fields: number;
}

/** Drift of an environment, as it was last looked at. */
export interface DriftRecord extends Omit<DriftGlance, 'objects' | 'fields'> {
  drifted: ObjectDrift[];
  /** By `refKey` of the object. */
  checks: Record<string, DriftCheck>;
}

/** Somebody asked for something to be put back. */
export interface PutBackRequest {
  id: string;
  environment: string;
  /** Catalog entity ref. */
  actor: string;
  /** Only these; all that drifted when absent. */
  objects?: ObjectRef[];
  at: Date;
}

/** What differs, with its age, so that no page has to ask a cluster; and what is to be done about it. */
export interface DriftStore {
  get(environment: string): Promise<DriftRecord | undefined>;
  /** Of these environments, or of all. */
  glances(environments?: string[]): Promise<DriftGlance[]>;
  /**
   * Writes what was found, with what there is to tell, and takes requests that are done off the list. Fenced by the
   * lease: `LeaseLostError` and nothing written when it was lost. `same` when a look that nobody asked for found what
   * the one before it had found, minutes ago at most.
   */
  save(
    record: DriftRecord,
    options: {
      lease?: Lease;
      events?: TimelineEntry[];
      done?: string[];
      trx?: Transaction;
    },
  ): Promise<{ same: boolean }>;
  /** The next look asks for every object again, whatever the watches say; the last answer stays until then. */
  expire(environment: string): Promise<void>;
  /** Forgets an environment that is gone. */
  remove(environment: string, options: { lease?: Lease }): Promise<void>;
  /** Notes what somebody asked for, until it is done. */
  ask(
    request: Omit<PutBackRequest, 'id' | 'at'>,
    options?: { trx?: Transaction },
  ): Promise<PutBackRequest>;
  /** Oldest first. */
  asked(environment: string): Promise<PutBackRequest[]>;
}
