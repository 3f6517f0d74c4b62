/** How much was forgotten. */
export interface Forgotten {
  events: number;
  environments: number;
  resources: number;
  /** Places with pipeline runs. */
  pipelines: number;
}

/** What is over, and only told of. */
export interface HistoryStore {
  /**
   * Forgets lines of the timeline, environments that were removed, files that were deleted, and pipeline runs, each when it is older
   * than that. A file stays as long as anything is left of what it declared.
   */
  forget(olderThanMs: number): Promise<Forgotten>;
}
