/** What the backend sends on the channel `slipway`. */
export interface LiveMessage {
  /** One more than that of the message before; a heartbeat, which has no topics, repeats the last one. */
  sequence: number;
  /** Opaque id of what has changed → number of the message that says so. */
  topics: Record<string, number>;
}

/** The message, or nothing when it is none that we understand. */
export function readMessage(message: unknown): LiveMessage | undefined {
  const { sequence, topics } = (message ?? {}) as Partial<LiveMessage>;
  return typeof sequence === 'number' &&
    typeof topics === 'object' &&
    topics !== null
    ? { sequence, topics }
    : undefined;
}

/**
 * Follows the numbers of messages. Those of several replicas may overtake each other on their way, so a gap counts only
 * when it is still there after a while.
 */
export class Numbers {
  private last: number | undefined;
  private readonly early = new Set<number>();

  /** Whether messages are missing now, as far as one can tell yet. */
  heard({ sequence, topics }: LiveMessage): boolean {
    const isBeat = Object.keys(topics).length === 0;
    // The first one is where counting begins; a heartbeat that counts back comes from a database that was restored.
    if (this.last === undefined || (isBeat && sequence < this.last)) {
      this.last = sequence;
      this.early.clear();
      return false;
    }
    if (isBeat) {
      if (sequence > this.last) this.early.add(sequence + 0.5);
    } else if (sequence > this.last) {
      this.early.add(sequence);
    }
    while (this.early.delete(this.last + 1)) this.last++;
    // A heartbeat stands between two messages.
    this.early.delete(this.last + 0.5);
    return this.early.size > 0;
  }

  /** Gives up waiting for what is missing; says whether anything was. */
  skip(): boolean {
    if (this.early.size === 0 || this.last === undefined) return false;
    this.last = Math.max(this.last, Math.floor(Math.max(...this.early)));
    this.early.clear();
    return true;
  }

  /** Counting begins anew with the next message. */
  forget(): void {
    this.last = undefined;
    this.early.clear();
  }
}
