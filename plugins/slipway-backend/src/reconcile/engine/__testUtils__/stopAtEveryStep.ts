import type { LoggerService } from '@backstage/backend-plugin-api';
import type { WorkQueue } from '../../../ports/WorkQueue';
import { ReconcileEngine } from '../ReconcileEngine';
import type { Reconciler } from '../Reconciler';
import { InterruptibleQueue } from './InterruptibleQueue';
import { runUntilIdle } from './runUntilIdle';

/** A fresh world for one pass: its keys are marked already. */
export interface SteppedWorld {
  queue: WorkQueue;
  /** Called for each process anew: what a process keeps in memory doesn't survive its stop. */
  reconcilers: () => Reconciler[];
  /** Ends the leases of the process that stopped, e.g. by moving the clock of the database. */
  expireLeases: () => Promise<void> | void;
}

/** A boundary between two steps, in the order in which the engine reported it. */
export interface StepBoundary {
  key: string;
  step: string;
  when: 'before' | 'after';
}

/**
 * Stops the process at every step boundary that the engine reports, one a pass, each in a fresh world: nothing of it
 * runs any further, another process takes over when the lease has ended, and `check` looks at what became of it. The
 * last pass isn't stopped at all. One worker, so that the order of the steps is the same in each pass.
 *
 * @returns The boundaries at which it was stopped.
 */
export async function stopAtEveryStep<World extends SteppedWorld>(options: {
  prepare: () => Promise<World>;
  check: (
    world: World,
    stoppedAt: StepBoundary | undefined,
  ) => Promise<void> | void;
  logger: LoggerService;
  /** Leaves out boundaries that are the same moment as another one for the world outside. */
  isOwn?: (boundary: StepBoundary) => boolean;
}): Promise<StepBoundary[]> {
  const stops: StepBoundary[] = [];
  for (;;) {
    const world = await options.prepare();
    const stoppedAt = await stopAt(world, stops.length, options);
    await world.expireLeases();
    const successor = ReconcileEngine.create({
      queue: world.queue,
      reconcilers: world.reconcilers(),
      logger: options.logger,
      settings: { pollMs: 10 },
    });
    try {
      await runUntilIdle(successor, world.queue);
    } finally {
      await successor.stop();
    }
    await options.check(world, stoppedAt);
    if (!stoppedAt) return stops;
    stops.push(stoppedAt);
  }
}

/** Runs a process until its boundary with this number, or until it is through. */
async function stopAt(
  world: SteppedWorld,
  number: number,
  {
    logger,
    isOwn = () => true,
  }: { logger: LoggerService; isOwn?: (boundary: StepBoundary) => boolean },
): Promise<StepBoundary | undefined> {
  const queue = new InterruptibleQueue(world.queue);
  let reached = 0;
  let stopped: (boundary: StepBoundary) => void;
  const stop = new Promise<StepBoundary>(resolve => {
    stopped = resolve;
  });
  const engine = ReconcileEngine.create({
    queue,
    reconcilers: world.reconcilers(),
    logger,
    settings: { workers: 1, buffer: 0, pollMs: 10 },
    onStep: async (key, step, when) => {
      if (!isOwn({ key, step, when }) || reached++ !== number) return;
      queue.freeze();
      stopped({ key, step, when });
      // The process is gone: this is never answered.
      await new Promise(() => {});
    },
  });
  const through = runUntilIdle(engine, queue).then(() => undefined);
  const stoppedAt = await Promise.race([stop, through]);
  if (stoppedAt) {
    // It waits for a process that is gone; only its timers have to end.
    engine.stop().catch(() => {});
    through.catch(() => {});
  } else {
    await engine.stop();
  }
  return stoppedAt;
}
