import type { JsonObject } from '@backstage/types';
import {
  clipMessage,
  type LiveItem,
  type PipelinePart,
  type PipelineStep,
  rerunBy,
  rerunOf,
  runFacts,
  runOwner,
  type WatchedObject,
} from '@slipway/plugin-slipway-node';
import { stateOf, type Succeeded } from './status';

interface Spec {
  status?: string;
  params?: Array<{ name?: string; value?: unknown }>;
  pipelineRef?: {
    name?: string;
    params?: Array<{ name?: string; value?: unknown }>;
  };
}

interface Status {
  startTime?: string;
  completionTime?: string;
  conditions?: Succeeded[];
  childReferences?: Array<{
    kind?: string;
    name?: string;
    pipelineTaskName?: string;
  }>;
  skippedTasks?: Array<{ name?: string; reason?: string }>;
  pipelineSpec?: { tasks?: PipelineTask[]; finally?: PipelineTask[] };
}

interface PipelineTask {
  name?: string;
}

/** Keeps of a PipelineRun what is shown. */
export function trimPipelineRun(
  object: WatchedObject,
  { runUrl }: { runUrl?: string } = {},
): LiveItem | undefined {
  const spec = (object.spec ?? {}) as Spec;
  const status = (object.status ?? {}) as Status;
  const { repository, revision, branch } = runFacts(object, spec.params ?? []);
  const found = runOwner(object, repository);
  if (!found) return undefined;
  const { uid = '', name, namespace = '', creationTimestamp } = object.metadata;
  const succeeded = status.conditions?.find(({ type }) => type === 'Succeeded');
  const state =
    spec.status === 'PipelineRunPending'
      ? 'queued'
      : stateOf(succeeded, {
          started: status.startTime,
          ended: status.completionTime,
        });
  const part: PipelinePart = {
    part: 'run',
    run: defined({
      id: uid,
      name,
      namespace,
      state,
      byUs: found.byUs,
      pipeline: pipelineOf(object, spec),
      revision,
      branch,
      trigger: triggerOf(object),
      url: urlOf(object, runUrl),
      createdAt: creationTimestamp,
      startedAt: status.startTime,
      finishedAt: status.completionTime,
      message: clipMessage(succeeded?.message),
      rerunOf: rerunOf(object),
      steps: stepsOf(status, state),
    }),
  };
  return { owner: found.owner, value: part as unknown as JsonObject };
}

/** One step a task, until the TaskRuns say which steps it has. */
function stepsOf(status: Status, state: string): PipelineStep[] {
  const children = status.childReferences ?? [];
  const { tasks = [], finally: last = [] } = status.pipelineSpec ?? {};
  const order = [...tasks, ...last].map(task => task.name ?? '');
  const rank = (task: string) => {
    const at = order.indexOf(task);
    return at < 0 ? order.length : at;
  };
  const steps = children.map(({ name = '', pipelineTaskName = name }) => ({
    id: name,
    name: pipelineTaskName,
    task: pipelineTaskName,
    // Children of other kinds, and TaskRuns that somebody pruned, never say it themselves.
    state:
      state === 'succeeded' ? ('succeeded' as const) : ('unknown' as const),
    logs: false,
  }));
  const over = ['succeeded', 'failed', 'cancelled'].includes(state);
  const ahead = order
    .filter(
      task =>
        !children.some(({ pipelineTaskName }) => pipelineTaskName === task),
    )
    .map(task => {
      const skipped = status.skippedTasks?.find(({ name }) => name === task);
      return defined({
        id: task,
        name: task,
        task,
        state: skipped || over ? ('skipped' as const) : ('queued' as const),
        message: clipMessage(skipped?.reason),
        logs: false,
      });
    });
  return [...steps, ...ahead].sort((a, b) => rank(a.task) - rank(b.task));
}

function pipelineOf(object: WatchedObject, spec: Spec): string | undefined {
  const { labels = {}, annotations = {} } = object.metadata;
  // A reference to be resolved has its name among the resolver's parameters.
  const resolved = spec.pipelineRef?.params?.find(
    ({ name }) => name === 'name',
  )?.value;
  return (
    spec.pipelineRef?.name ??
    annotations['pipelinesascode.tekton.dev/original-prname'] ??
    labels['pipelinesascode.tekton.dev/original-prname'] ??
    (typeof resolved === 'string' ? resolved : undefined)
  );
}

function triggerOf(object: WatchedObject): string | undefined {
  const { labels = {}, annotations = {} } = object.metadata;
  const by = rerunBy(object);
  if (by) return `re-run by ${by}`;
  const event =
    annotations['pipelinesascode.tekton.dev/event-type'] ??
    labels['pipelinesascode.tekton.dev/event-type'];
  if (event) return event;
  const trigger = labels['triggers.tekton.dev/trigger'];
  const listener = labels['triggers.tekton.dev/eventlistener'];
  return trigger ?? listener;
}

function urlOf(object: WatchedObject, runUrl?: string): string | undefined {
  const { name, namespace = '', annotations = {} } = object.metadata;
  if (runUrl) {
    return runUrl
      .replaceAll('{namespace}', encodeURIComponent(namespace))
      .replaceAll('{name}', encodeURIComponent(name));
  }
  const url = annotations['pipelinesascode.tekton.dev/log-url'];
  // It becomes a link: whoever may annotate a run must not choose its scheme.
  return url && /^https?:\/\//.test(url) ? url : undefined;
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}
