import type { LoggerService } from '@backstage/backend-plugin-api';
import { redact } from '../../domain/redact';
import { LeaseLostError } from '../../ports/LeaseLostError';
import type { Outcome, WorkQueue } from '../../ports/WorkQueue';
import type { HeldLease } from './HeldLease';
import type { ReconcileContext, Reconciler } from './Reconciler';
import { ShutdownError } from './ShutdownError';
import { TerminalError } from './TerminalError';

/**
 * Told at every boundary between two steps, the completion included; the run goes on when it resolves. A test stops
 * the process there.
 */
export type StepObserver = (
  key: string,
  step: string,
  when: 'before' | 'after',
) => void | Promise<void>;

/** The step that writes how the run ended. */
export const COMPLETE_STEP = 'complete';

/** Runs one key to its end and gives its lease back in the way that the end asks for. Never throws. */
export async function runReconciler(options: {
  held: HeldLease;
  queue: WorkQueue;
  reconciler: Reconciler | undefined;
  logger: LoggerService;
  onStep: StepObserver;
  /** Runs a step without keeping a worker. */
  park?: <T>(work: () => Promise<T>) => Promise<T>;
}): Promise<void> {
  const { held, queue, reconciler, logger, onStep, park } = options;
  const { lease, signal } = held;
  const context: ReconcileContext = {
    key: lease.key,
    now: lease.now,
    lease,
    signal,
    logger,
    async step(
      name,
      work,
      { parked = false, fenced = false, part = false } = {},
    ) {
      await onStep(lease.key, name, 'before');
      if (fenced || part) held.assertHeld();
      else await held.check();
      const result = await (parked && park ? park(work) : work());
      await onStep(lease.key, name, 'after');
      signal.throwIfAborted();
      return result;
    },
    assertHeld: () => held.assertHeld(),
    async fence(trx) {
      signal.throwIfAborted();
      if (!(await queue.holds(lease, trx))) throw new LeaseLostError(lease.key);
    },
  };

  let outcome: Outcome | undefined;
  try {
    outcome = await outcomeOf(reconciler, context);
  } catch (error) {
    // A run that was told to end has failed at nothing.
    const shutDown = signal.reason instanceof ShutdownError;
    outcome = shutDown ? undefined : outcomeOfError(error);
  }
  held.stopBeating();
  if (held.lost) {
    logger.warn(
      `${signal.reason.message} Nothing more is written by this run.`,
    );
    return;
  }

  try {
    if (!outcome) {
      await queue.release(lease);
      return;
    }
    report(outcome, lease.attempts, logger);
    await onStep(lease.key, COMPLETE_STEP, 'before');
    if (!(await queue.complete(lease, outcome))) {
      logger.warn(
        `The lease of ${lease.key} was lost; the end of the run is not recorded, its holder starts anew.`,
      );
    }
    await onStep(lease.key, COMPLETE_STEP, 'after');
  } catch (error) {
    // The lease ends by itself, and the key is run again.
    logger.error(
      `The end of the run of ${lease.key} can't be recorded: ${messageOf(error)}`,
    );
  }
}

async function outcomeOf(
  reconciler: Reconciler | undefined,
  context: ReconcileContext,
): Promise<Outcome> {
  if (!reconciler) {
    // Not terminal: while replicas of two versions run, the newer ones know more kinds of keys.
    throw new Error(
      `Nothing here reconciles ${context.key}; a newer version of Slipway may.`,
    );
  }
  const outcome = await reconciler.reconcile(context);
  return 'error' in outcome
    ? { ...outcome, error: redact(outcome.error) }
    : outcome;
}

function outcomeOfError(error: unknown): Outcome {
  const type = error instanceof TerminalError ? 'terminal' : 'retry';
  return { type, error: messageOf(error) };
}

function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}

function report(
  outcome: Outcome,
  attempts: number,
  logger: LoggerService,
): void {
  if (outcome.type === 'retry') {
    logger.warn(
      `Errored (attempt ${attempts + 1}), will be tried again: ${outcome.error}`,
    );
  } else if (outcome.type === 'terminal') {
    logger.error(`Failed, waits for a change or a replay: ${outcome.error}`);
  }
}
