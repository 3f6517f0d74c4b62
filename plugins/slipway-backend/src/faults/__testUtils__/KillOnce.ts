import type { Kill } from './Lives';

/**
 * Ends a life at each step twice: before it when it comes up first, in its middle when it comes up again. Before the
 * record of some it is ended, too: then the step is done, and nobody has written it down.
 */
export class KillOnce {
  private readonly killed = new Set<string>();
  /** The last step of each key. */
  private readonly last = new Map<string, string>();

  constructor(
    /** Which steps count; all when absent. */
    private readonly counts: (step: {
      key: string;
      name: string;
    }) => boolean = () => true,
    /** Of which steps the record counts by itself, as `<prefix>: record of <step>`. */
    private readonly records: readonly string[] = [],
  ) {}

  at({ key, step }: { key: string; step: string }): Kill | undefined {
    const name = `${key.split(':', 1)[0]}: ${step}`;
    const done = this.last.get(key);
    this.last.set(key, step);
    if (!this.counts({ key, name })) return undefined;
    const moment = `${name} of ${done}`;
    if (this.records.includes(moment) && !this.has(moment, 'before')) {
      this.killed.add(`${moment} before`);
      return 'before';
    }
    const kill = (['before', 'within'] as const).find(
      one => !this.has(name, one),
    );
    if (kill) this.killed.add(`${name} ${kill}`);
    return kill;
  }

  has(name: string, kill: Kill): boolean {
    return this.killed.has(`${name} ${kill}`);
  }

  /** Of the steps, as `<prefix>: <step>`, and `<prefix>: record of <step>`. */
  names(): string[] {
    return [...this.killed]
      .filter(name => name.endsWith(' before'))
      .map(name => name.slice(0, -' before'.length))
      .sort();
  }
}
