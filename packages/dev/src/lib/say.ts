const started = Date.now();

/** One line of progress, with the seconds since the command began. */
export function say(text: string): void {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`slipway ${seconds} s  ${text}\n`);
}

/** Says what went wrong and what to do, and ends the command. */
export function fail(text: string): never {
  process.stderr.write(`slipway: ${text}\n`);
  process.exit(1);
}
