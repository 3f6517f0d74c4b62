import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkQueue } from '../../../ports/WorkQueue';
import type { ReconcileEngine } from '../ReconcileEngine';

/**
 * Starts the engine and waits until nothing is due or running; what waits for a later time is left. Fails after the
 * timeout, naming the keys that are left.
 */
export async function runUntilIdle(
  engine: ReconcileEngine,
  queue: WorkQueue,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  engine.start();
  for (;;) {
    const { due, leased } = await queue.stats();
    if (due === 0 && leased === 0 && engine.runningKeys().length === 0) return;
    if (performance.now() > deadline) {
      const left = await Promise.all(
        (['due', 'leased'] as const).map(state =>
          queue.list({ state, limit: 10 }),
        ),
      );
      throw new Error(
        `Not idle after ${timeoutMs} ms: ${JSON.stringify(left.flat())}`,
      );
    }
    await sleep(5);
  }
}
