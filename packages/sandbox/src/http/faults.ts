/**
 * What can be made to go wrong with a cluster.
 *
 * @public
 */
export interface Faults {
  /** Every answer waits this long. */
  latencyMs?: number;
  /** The share of requests (0 to 1) that fail with `status`. */
  errorRate?: number;
  /** The status code of failing requests; alone it makes every request fail. Default 500. */
  status?: number;
  /** Ends every watch now, and each new one at once. */
  cutWatches?: boolean;
  /** Answers nothing at all, as a stopped process would; what came in is answered after the thaw. */
  freeze?: boolean;
}

/** Holds the faults of one cluster. */
export class FaultSwitch {
  private faults: Faults = {};
  private readonly thawed = new Set<() => void>();
  private readonly cuts = new Set<() => void>();

  get(): Faults {
    return { ...this.faults };
  }

  /** Replaces all faults; an empty object ends them. */
  set(faults: Faults): void {
    this.faults = { ...faults };
    if (!faults.freeze) {
      for (const resume of [...this.thawed]) resume();
      this.thawed.clear();
    }
    if (faults.cutWatches) for (const cut of [...this.cuts]) cut();
  }

  /** Waits out latency and freeze; answers the status to fail with, if this request is to fail. */
  async pass(): Promise<number | undefined> {
    const { latencyMs, errorRate, status } = this.faults;
    if (latencyMs) await new Promise(done => setTimeout(done, latencyMs));
    await this.thaw();
    const rate = errorRate ?? (status ? 1 : 0);
    return rate > 0 && Math.random() < rate ? (status ?? 500) : undefined;
  }

  async thaw(): Promise<void> {
    if (this.faults.freeze)
      await new Promise<void>(done => this.thawed.add(done));
  }

  get frozen(): boolean {
    return this.faults.freeze === true;
  }

  /** Calls back when watches are cut; at once while they are. */
  onCut(cut: () => void): () => void {
    this.cuts.add(cut);
    if (this.faults.cutWatches) setImmediate(cut);
    return () => this.cuts.delete(cut);
  }
}
