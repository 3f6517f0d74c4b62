import type { Transaction } from './Transaction';

/** Something that happened, to be told once. */
export interface TimelineEntry {
  /** Key of what it happened to: `environment:<org>/<service>/<name>`, `service:<org>/<service>`, … */
  subject: string;
  type: string;
  reason: string;
  /** One line for a person. */
  title: string;
  /** Catalog entity ref; absent when nobody but Slipway acted. */
  actor?: string;
  changeId?: string;
  commit?: string;
  revision?: string;
  data?: Record<string, unknown>;
  /** The same key of the same subject is told once, however often a step is repeated. */
  dedupeKey: string;
  /** The database's time when absent. */
  at?: Date;
}

/** An entry with its place in the order. */
export interface TimelineEvent extends TimelineEntry {
  id: number;
  at: Date;
}

/** What happened, in order. */
export interface TimelineStore {
  /** Returns how many of them were new. */
  record(
    entries: TimelineEntry[],
    options?: { trx?: Transaction },
  ): Promise<number>;
  /** Newest first; `before` is the id of the last one of the page before. */
  list(filter: {
    subjects?: string[];
    /** What happened to an organization, its services and its environments. */
    organization?: string;
    changeId?: string;
    commit?: string;
    before?: number;
    limit: number;
  }): Promise<TimelineEvent[]>;
}
