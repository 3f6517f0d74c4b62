import { createHmac } from 'node:crypto';
import { type Aspect, aspectOf, hasAspects } from '../../domain/live/subjects';

/** Enough that no two subjects of an installation ever share an id. */
const ID_LENGTH = 16;

/** So many subjects are remembered before the old ones are forgotten. */
const REMEMBERED = 5_000;

/** An answer older than this is of no page that is still open and has missed something. */
const FORGET_MS = 120_000;

/**
 * The names under which pages hear of subjects: they say nothing to somebody who isn't told what they stand for, since
 * a channel of signals has no permissions. Remembers which subjects were shown by this replica, and when, and which
 * environments it shows as they are recorded, for lack of anything that it sees itself.
 */
export class LiveTopics {
  /** Subject → when it was shown last; infinite while an answer is under way. */
  private readonly shown = new Map<string, number>();
  /** Key of an environment → when it was shown as it is recorded. */
  private readonly leaning = new Map<string, number>();

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

  /**
   * For an answer that is about to be computed: ask for its `ids` when it has been, since what it had to lean on is
   * known only then, and call `done` in any case.
   */
  show(
    subjects: string[],
    aspects: Aspect[] = [],
  ): { ids(): string[]; done(): void } {
    for (const subject of subjects) this.shown.set(subject, Infinity);
    forget(this.shown, this.now() - FORGET_MS);
    return {
      ids: () =>
        subjects
          .flatMap(subject => [
            subject,
            ...this.aspectsOf(subject, aspects).map(aspect =>
              aspectOf(subject, aspect),
            ),
          ])
          .map(subject => this.idOf(subject)),
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

  /**
   * Whether an environment was shown as it is recorded, all or in part: who was shown that has to hear of recordings,
   * which tell everybody else nothing new.
   */
  lean(environment: string, leans: boolean): void {
    if (!leans) {
      this.leaning.delete(environment);
      return;
    }
    this.leaning.set(environment, this.now());
    forget(this.leaning, this.now() - FORGET_MS);
  }

  private aspectsOf(subject: string, aspects: Aspect[]): Aspect[] {
    if (!hasAspects(subject)) return [];
    return aspects.includes('record') || !this.leansOn(subject)
      ? aspects
      : ['record', ...aspects];
  }

  private leansOn(subject: string): boolean {
    if (subject === 'fleet') return this.leaning.size > 0;
    const path = subject.slice(subject.indexOf(':') + 1);
    if (this.leaning.has(path)) return true;
    for (const key of this.leaning.keys())
      if (key.startsWith(`${path}/`)) return true;
    return false;
  }
}

function forget(remembered: Map<string, number>, since: number): void {
  if (remembered.size < REMEMBERED) return;
  for (const [name, at] of remembered) if (at < since) remembered.delete(name);
}
