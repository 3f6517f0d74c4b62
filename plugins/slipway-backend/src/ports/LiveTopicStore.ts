/** A live state that this replica sees. */
export interface SeenState {
  /** `environment:<org>/<service>/<name>` or `service:<org>/<service>`. */
  subject: string;
  /** Digest of what is shown; replicas that see the same compute the same. */
  state: string;
}

/** What was decided about {@link SeenState}s. */
export interface Told {
  /** Number of the message to send, one more than that of the message before; undefined when there is nothing to tell. */
  sequence?: number;
  /** The subjects that it is about. */
  subjects: string[];
}

/** What replicas share, so that each change is told to open pages once. */
export interface LiveTopicStore {
  /** A random value of this installation, the same in all replicas. */
  secret(): Promise<string>;
  /**
   * Takes the number of the next message. A seen state counts when no replica has told it before, or when
   * `staleSince` says that somebody got an older answer here although it was told so many milliseconds ago.
   */
  tell(options: {
    subjects: string[];
    seen: SeenState[];
    staleSince(subject: string, toldMsAgo: number): boolean;
  }): Promise<Told>;
  /** The number of the last message, when nothing was sent for so long; undefined when somebody else has. */
  beat(quietMs: number): Promise<number | undefined>;
  /** Forgets states that didn't move for so long; they are told again when they do. */
  prune(olderThanMs: number): Promise<number>;
}
