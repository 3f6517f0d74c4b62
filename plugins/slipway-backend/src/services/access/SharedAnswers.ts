/** More callers than ask within the time for which an answer is shared. */
const MAX_KEPT = 10_000;

/** Answers that are asked for again and again within moments: asked for once, also while the question is under way. */
export class SharedAnswers<T> {
  private readonly kept = new Map<string, { at: number; answer: Promise<T> }>();

  constructor(
    private readonly forMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The answer to a question, from memory where it is young enough. One that failed is nobody else's. */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const now = this.now();
    const known = this.kept.get(key);
    if (known && now - known.at < this.forMs) return known.answer;
    const answer = ask();
    this.kept.delete(key);
    this.kept.set(key, { at: now, answer });
    answer.catch(() => {
      if (this.kept.get(key)?.answer === answer) this.kept.delete(key);
    });
    this.forget(now);
    return answer;
  }

  /** Insertion is in the order of age, so what is too old comes first. */
  private forget(now: number): void {
    for (const [key, { at }] of this.kept) {
      if (now - at < this.forMs && this.kept.size <= MAX_KEPT) return;
      this.kept.delete(key);
    }
  }
}
