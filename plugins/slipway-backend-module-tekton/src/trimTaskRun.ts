import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  clipMessage,
  foundByRun,
  type LiveItem,
  type PipelinePart,
  type PipelineState,
  type PipelineStep,
  runOwner,
  type WatchedObject,
} from '@slipway/plugin-slipway-node';
import { stateOf, type Succeeded } from './status';

interface ContainerEnd {
  exitCode?: number;
  reason?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
}

interface StepState {
  name?: string;
  container?: string;
  terminationReason?: string;
  terminated?: ContainerEnd;
  running?: { startedAt?: string };
  waiting?: { reason?: string; message?: string };
}

interface Status {
  podName?: string;
  startTime?: string;
  completionTime?: string;
  conditions?: Succeeded[];
  steps?: StepState[];
}

/** Between the name of a TaskRun and that of a container: neither can hold it. */
const SEPARATOR = '/';

/** Words that say no more than the exit code does. */
const EXITED = /^"[^"]+" exited with code \d+/;

/** Where the log of a step is. */
export function stepAddress(step: string): {
  taskRun: string;
  container: string;
} {
  const [taskRun, container, ...rest] = step.split(SEPARATOR);
  if (!taskRun || !container || rest.length > 0) {
    throw new InputError(
      `'${step}' is no step that has a log; take an id from the run's steps.`,
    );
  }
  return { taskRun, container };
}

/** Keeps of a TaskRun the steps of its run. */
export function trimTaskRun(object: WatchedObject): LiveItem | undefined {
  const run = object.metadata.ownerReferences?.find(
    ({ kind }) => kind === 'PipelineRun',
  )?.uid;
  if (!run) return undefined;
  const part: PipelinePart = {
    part: 'task',
    run,
    replaces: object.metadata.name,
    steps: stepsOf(object),
  };
  return {
    // Labels and annotations come from the run; what it found its repository by may not.
    owner: runOwner(object)?.owner ?? foundByRun(run),
    value: part as unknown as JsonObject,
  };
}

function stepsOf(object: WatchedObject): PipelineStep[] {
  const status = (object.status ?? {}) as Status;
  const task =
    object.metadata.labels?.['tekton.dev/pipelineTask'] ?? object.metadata.name;
  const succeeded = status.conditions?.find(({ type }) => type === 'Succeeded');
  const state = stateOf(succeeded, {
    started: status.startTime,
    ended: status.completionTime,
  });
  const steps = (status.steps ?? []).map(step =>
    shape(step, object.metadata.name, task, state, !!status.podName),
  );
  const reason = clipMessage(succeeded?.message);
  if (state !== 'failed' && state !== 'cancelled') {
    return steps.length > 0
      ? steps
      : [taskAsStep(object.metadata.name, task, state, status, undefined)];
  }
  const failed = steps.find(step => step.state === state);
  // It may end before any step did: a Pod that couldn't be made, an image that couldn't be pulled, time that ran out.
  if (!failed)
    return [
      ...steps,
      taskAsStep(object.metadata.name, task, state, status, reason),
    ];
  if (reason && !EXITED.test(reason)) failed.message ??= reason;
  return steps;
}

function taskAsStep(
  id: string,
  task: string,
  state: PipelineState,
  { startTime, completionTime }: Status,
  message: string | undefined,
): PipelineStep {
  return {
    id,
    name: task,
    task,
    state,
    ...(startTime && { startedAt: startTime }),
    ...(completionTime && { finishedAt: completionTime }),
    ...(message && { message }),
    logs: false,
  };
}

function shape(
  step: StepState,
  taskRun: string,
  task: string,
  taskState: PipelineState,
  hasPod: boolean,
): PipelineStep {
  const { name = '', container = `step-${name}`, terminated, running } = step;
  const startedAt = terminated?.startedAt ?? running?.startedAt;
  const message = terminated
    ? endMessage(terminated)
    : (step.waiting?.message ?? waitReason(step.waiting?.reason));
  const state = stepState(step, taskState);
  return {
    id: `${taskRun}${SEPARATOR}${container}`,
    name,
    task,
    state,
    ...(startedAt && { startedAt }),
    ...(terminated?.finishedAt && { finishedAt: terminated.finishedAt }),
    ...(message && { message: clipMessage(message) }),
    ...(terminated?.exitCode !== undefined &&
      state !== 'skipped' && { exitCode: terminated.exitCode }),
    logs: hasPod && !!(terminated || running) && state !== 'skipped',
  };
}

function stepState(
  { terminated, running, terminationReason }: StepState,
  taskState: PipelineState,
): PipelineStep['state'] {
  if (terminated) {
    // Tekton ends the steps behind one that failed with its exit code: only this word tells them apart.
    if (terminationReason === 'Skipped') return 'skipped';
    if (terminated.exitCode === 0) return 'succeeded';
    return taskState === 'cancelled' ? 'cancelled' : 'failed';
  }
  if (running) return 'running';
  return taskState === 'failed' || taskState === 'cancelled'
    ? 'skipped'
    : 'queued';
}

/** A termination message of Tekton's own is a list of results in JSON, which says nothing about an end. */
function endMessage({ reason, message }: ContainerEnd): string | undefined {
  if (message && !message.trimStart().startsWith('[')) return message;
  return reason && !['Completed', 'Error'].includes(reason)
    ? reason
    : undefined;
}

/** That a Pod is being made is no news. */
function waitReason(reason: string | undefined): string | undefined {
  return reason && !['PodInitializing', 'ContainerCreating'].includes(reason)
    ? reason
    : undefined;
}
