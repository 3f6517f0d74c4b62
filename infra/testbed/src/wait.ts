import { setTimeout as sleep } from 'node:timers/promises';
import { TestbedError } from './errors.ts';

/** Asks again and again until the answer is neither undefined nor false. */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  options: { timeoutMs: number; intervalMs?: number },
): Promise<T> {
  const deadline = Date.now() + options.timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      if (error instanceof TestbedError) throw error;
      lastError = error;
    }
    if (Date.now() >= deadline) {
      const reason = lastError ? `: ${(lastError as Error).message}` : '';
      throw new TestbedError(
        `${what} was not there after ${options.timeoutMs / 1000} s${reason}`,
        { cause: lastError },
      );
    }
    await sleep(options.intervalMs ?? 50);
  }
}
