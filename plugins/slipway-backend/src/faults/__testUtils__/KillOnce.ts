import type { Kill } from './Lives';

/** Ends a life at each step twice: before it when it comes up first, in its middle when it comes up again. */
export class KillOnce {
  private readonly killed = new Set<string>();

  constructor(
    /** Which steps count; all when absent. */
    private readonly counts: (step: {
      key: string;
      name: string;
    }) => boolean = () => true,
  ) {}

  at({ key, step }: { key: string; step: string }): Kill | undefined {
    const name = `${key.split(':', 1)[0]}: ${step}`;
    if (!this.counts({ key, name })) return undefined;
    const kill = (['before', 'within'] as const).find(
      one => !this.has(name, one),
    );
    if (kill) this.killed.add(`${name} ${kill}`);
    return kill;
  }

  has(name: string, kill: Kill): boolean {
    return this.killed.has(`${name} ${kill}`);
  }

  /** Of the steps, as `<prefix>: <step>`. */
  names(): string[] {
    return [...this.killed]
      .filter(name => name.endsWith(' before'))
      .map(name => name.slice(0, -' before'.length))
      .sort();
  }
}
