/** One result of a measurement, as `npm run bench` reads it. */
export interface Result {
  name: string;
  /** What a reader sees as the row. */
  what?: string;
  ours: number | string;
  other: number | string | null;
  ratio: number | null;
  unit: string;
  /** What the ratio has to be, such as `≤ 0.5`; only where a goal was set. */
  goal?: string;
  note?: string;
}

/** Hands one result to `npm run bench`. */
export function report(result: Result): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Says how far it is, to whoever looks at the whole output. */
export function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** The value that so large a share of them doesn't exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** To so many digits behind the point. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Ends the process with what the measurement ended with: nothing of a backend that was ended keeps it alive. */
export function runBench(main: () => Promise<void>): void {
  main().then(
    () => process.exit(),
    error => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    },
  );
}
