import { createHmac } from 'node:crypto';

/** Enough that no two subjects of an installation ever share an id. */
const ID_LENGTH = 16;

/** So many subjects are remembered before the old ones are forgotten. */
const REMEMBERED = 5_000;

/** An answer older than this is of no page that is still open and has missed something. */
const FORGET_MS = 120_000;

/**
 * The names under which pages hear of subjects: they say nothing to somebody who isn't told what they stand for, since
 * a channel of signals has no permissions. Remembers which subjects were shown by this replica, and when.
 */
export class LiveTopics {
  /** Subject → when it was shown last; infinite while an answer is under way. */
  private readonly shown = new Map<string, number>();

  constructor(
    private readonly secret: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  idOf(subject: string): string {
    return createHmac('sha256', this.secret)
      .update(subject)
      .digest('base64url')
      .slice(0, ID_LENGTH);
  }

  /** Ids for an answer that is about to be computed; call `done` when it has been. */
  show(subjects: string[]): { ids: string[]; done(): void } {
    for (const subject of subjects) this.shown.set(subject, Infinity);
    this.forget();
    return {
      ids: subjects.map(subject => this.idOf(subject)),
      done: () => {
        for (const subject of subjects) this.shown.set(subject, this.now());
      },
    };
  }

  /** Whether any of the subjects was shown here within so many milliseconds. */
  shownWithin(subjects: Iterable<string>, ms: number): boolean {
    const since = this.now() - ms;
    for (const subject of subjects)
      if ((this.shown.get(subject) ?? -Infinity) >= since) return true;
    return false;
  }

  private forget(): void {
    if (this.shown.size < REMEMBERED) return;
    const since = this.now() - FORGET_MS;
    for (const [subject, at] of this.shown)
      if (at < since) this.shown.delete(subject);
  }
}
