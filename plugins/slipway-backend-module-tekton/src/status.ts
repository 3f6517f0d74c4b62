import type { PipelineState } from '@slipway/plugin-slipway-node';

/** The condition that says how a run or a task goes. */
export interface Succeeded {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
}

/** Reasons with which Tekton ends what somebody stopped. */
const CANCELLED = [
  'Cancelled',
  'CancelledRunFinally',
  'StoppedRunFinally',
  'PipelineRunCancelled',
  'TaskRunCancelled',
];

/** The state of a run or a task in the words of every engine. */
export function stateOf(
  succeeded: Succeeded | undefined,
  times: { started?: string; ended?: string },
): PipelineState {
  if (succeeded?.status === 'True') return 'succeeded';
  if (succeeded?.status === 'False')
    return CANCELLED.includes(succeeded.reason ?? '') ? 'cancelled' : 'failed';
  if (times.ended) return 'unknown';
  return times.started ? 'running' : 'queued';
}
