import { InputError } from '@backstage/errors';
import type { EnvironmentPhase } from '@slipway/plugin-slipway-common';

/**
 * Which phase may follow which. Any phase may be left for `deleting`, since a file can vanish at any time, and any
 * that is not being removed may fail or wait for an approval again, since specs, classes and clusters change. One that
 * was declared again and given up before anything was made is at its end at once.
 */
const FOLLOWS: Record<EnvironmentPhase, readonly EnvironmentPhase[]> = {
  queued: [
    'reconciling',
    'pending_approval',
    'approved',
    'ready',
    'failed',
    'deleting',
    'retained',
    'deleted',
  ],
  pending_approval: [
    'approved',
    'queued',
    'reconciling',
    'ready',
    'failed',
    'deleting',
    'retained',
    'deleted',
  ],
  approved: [
    'queued',
    'reconciling',
    'pending_approval',
    'ready',
    'failed',
    'deleting',
    'retained',
    'deleted',
  ],
  reconciling: [
    'pending_approval',
    'approved',
    'ready',
    'failed',
    'deleting',
    'retained',
    'deleted',
  ],
  ready: [
    'reconciling',
    'pending_approval',
    'approved',
    'failed',
    'deleting',
    'retained',
    'deleted',
  ],
  failed: [
    'queued',
    'reconciling',
    'pending_approval',
    'approved',
    'ready',
    'deleting',
    'retained',
    'deleted',
  ],
  deleting: [
    'retained',
    'deleted',
    'failed',
    'queued',
    'reconciling',
    'pending_approval',
    'approved',
    'ready',
  ],
  retained: [
    'deleting',
    'deleted',
    'queued',
    'reconciling',
    'pending_approval',
    'approved',
    'ready',
    'failed',
  ],
  deleted: [
    'queued',
    'reconciling',
    'pending_approval',
    'approved',
    'ready',
    'failed',
  ],
};

/** Whether a phase may follow another. Staying is always allowed; what has no phase yet may start anywhere. */
export function mayFollow(
  from: EnvironmentPhase | undefined,
  to: EnvironmentPhase,
): boolean {
  return from === undefined || from === to || FOLLOWS[from].includes(to);
}

/** Throws when the lifecycle does not know the transition: that is a mistake of ours, never of a person. */
export function assertTransition(
  name: string,
  from: EnvironmentPhase | undefined,
  to: EnvironmentPhase,
): void {
  if (mayFollow(from, to)) return;
  throw new InputError(
    `The environment '${name}' can't go from '${from}' to '${to}'; from there it goes to: ${FOLLOWS[from!].join(', ')}`,
  );
}
