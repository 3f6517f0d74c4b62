import {
  JsonObject,
  equal,
  listAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { KubeObject, timestamp } from '../../apiserver/types';
import { STAND_IN, controllerRef } from '../client';
import { Controller } from '../controller';
import { StandInContext } from '../stand-in';
import { FAILS, FAILS_WITH } from '../workloads/images';
import {
  PIPELINES,
  PIPELINE_RUNS,
  TASKS,
  TASK_RUNS,
  tektonDefinitions,
} from './crds';

type Outcome = 'running' | 'succeeded' | 'failed';

/** Where a Task comes from that only a resolver could fetch, one step is played in its place. */
const PLAYED_STEP = {
  name: 'sandbox',
  image: 'sandbox.slipway.dev/played-step:1',
};

/** On a PipelineRun: `<task>` or `<task>/<step>` that fails; the first step of a task when none is named. */
const RUN_FAILS = 'sandbox.slipway.dev/fails';
/** On a PipelineRun: it fails only the first time; a run that repeats it succeeds. */
const RUN_FAILS_ONCE = 'sandbox.slipway.dev/fails-once';
/** What Slipway writes onto a run that repeats another one. */
const RERUN_OF = 'slipway.dev/rerun-of';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Plays Tekton: PipelineRuns start TaskRuns in order, TaskRuns start Pods, the Pods' ends decide. */
export class Tekton extends Controller {
  constructor(context: StandInContext) {
    super(context, {
      name: 'tekton',
      resources: [PIPELINE_RUNS, TASK_RUNS],
      parents: {
        [`PipelineRun/${TASK_RUNS}`]: PIPELINE_RUNS,
        'TaskRun/pods': TASK_RUNS,
      },
    });
  }

  start(): void {
    for (const one of tektonDefinitions()) {
      this.context.client.ensure(
        'customresourcedefinitions.apiextensions.k8s.io',
        undefined,
        one,
      );
    }
    super.start();
  }

  protected reconcile(resource: string, run: KubeObject): void {
    if (run.metadata.deletionTimestamp || outcomeOf(run) !== 'running') return;
    if (resource === PIPELINE_RUNS) this.pipelineRun(run);
    else this.taskRun(run);
  }

  private pipelineRun(run: KubeObject): void {
    const { client } = this.context;
    const { namespace } = run.metadata;
    const name = stringAt(run, 'spec', 'pipelineRef', 'name');
    const pipeline =
      objectAt(run, 'spec', 'pipelineSpec') ??
      (name
        ? objectAt(client.get(PIPELINES, namespace, name), 'spec')
        : undefined);
    const cancelled = String(objectAt(run, 'spec')?.status ?? '').startsWith(
      'Cancelled',
    );
    if (!pipeline) {
      const message = name
        ? `Pipeline "${name}" not found in namespace ${namespace}`
        : 'the sandbox has no resolvers: give pipelineSpec, or pipelineRef.name';
      this.finish(PIPELINE_RUNS, run, 'failed', 'CouldntGetPipeline', message);
      return;
    }
    // In the order in which they were started.
    const children = client
      .owned(TASK_RUNS, run)
      .sort((a, b) => started(run, a) - started(run, b));
    const child = (task: JsonObject) =>
      children.find(
        one => one.metadata.labels?.['tekton.dev/pipelineTask'] === task.name,
      );
    const state = (task: JsonObject) =>
      child(task) ? outcomeOf(child(task)!) : undefined;
    const tasks = objectsAt(pipeline, 'tasks');
    const last = objectsAt(pipeline, 'finally');
    const failed = tasks.some(one => state(one) === 'failed');
    const over =
      tasks.every(
        one => state(one) === 'succeeded' || state(one) === 'failed',
      ) ||
      ((failed || cancelled) && tasks.every(one => state(one) !== 'running'));
    if (!failed && !cancelled) {
      for (const task of tasks) {
        const ready = dependencies(task).every(before =>
          tasks.some(one => one.name === before && state(one) === 'succeeded'),
        );
        if (!child(task) && ready) children.push(this.startTask(run, task));
      }
    }
    if (over)
      for (const task of last)
        if (!child(task)) children.push(this.startTask(run, task));
    const references = children.map(one => ({
      apiVersion: 'tekton.dev/v1',
      kind: 'TaskRun',
      name: one.metadata.name,
      pipelineTaskName: one.metadata.labels?.['tekton.dev/pipelineTask'],
    }));
    const extra = { pipelineSpec: pipeline, childReferences: references };
    const lastOver = last.every(
      one => state(one) === 'succeeded' || state(one) === 'failed',
    );
    const counts = `Tasks Completed: ${children.filter(one => outcomeOf(one) !== 'running').length} (Failed: ${children.filter(one => outcomeOf(one) === 'failed').length}, Cancelled 0)`;
    if (!over || !lastOver)
      this.progress(
        PIPELINE_RUNS,
        run,
        `${counts}, Incomplete: ${tasks.length - children.length + children.filter(one => outcomeOf(one) === 'running').length}`,
        extra,
      );
    else if (cancelled)
      this.finish(
        PIPELINE_RUNS,
        run,
        'failed',
        'Cancelled',
        `PipelineRun "${run.metadata.name}" was cancelled`,
        extra,
      );
    else if (failed)
      this.finish(PIPELINE_RUNS, run, 'failed', 'Failed', counts, extra);
    else
      this.finish(
        PIPELINE_RUNS,
        run,
        'succeeded',
        'Succeeded',
        `${counts}, Skipped: 0`,
        extra,
      );
  }

  private startTask(run: KubeObject, task: JsonObject): KubeObject {
    const { client } = this.context;
    const { namespace, name, labels, annotations } = run.metadata;
    const { [LAST_APPLIED]: _, ...inherited } = annotations ?? {};
    const template = stringAt(
      run,
      'spec',
      'taskRunTemplate',
      'serviceAccountName',
    );
    const pipeline = stringAt(run, 'spec', 'pipelineRef', 'name') ?? name;
    return client.create(TASK_RUNS, namespace, {
      apiVersion: 'tekton.dev/v1',
      kind: 'TaskRun',
      metadata: {
        name: `${name}-${String(task.name)}`.slice(0, 63).replace(/-+$/, ''),
        labels: {
          ...labels,
          'tekton.dev/pipeline': pipeline,
          'tekton.dev/pipelineRun': name,
          'tekton.dev/pipelineTask': String(task.name),
        },
        annotations: { ...inherited, [STAND_IN]: 'true' },
        ownerReferences: [controllerRef(run)],
      },
      spec: {
        ...(task.taskRef
          ? { taskRef: task.taskRef }
          : { taskSpec: task.taskSpec ?? {} }),
        ...(task.params ? { params: task.params } : {}),
        serviceAccountName: template ?? 'default',
      },
    });
  }

  private taskRun(run: KubeObject): void {
    const { client } = this.context;
    const { namespace, name } = run.metadata;
    const reference = objectAt(run, 'spec', 'taskRef');
    let task = objectAt(run, 'spec', 'taskSpec');
    if (!task && reference?.resolver === undefined) {
      task = objectAt(
        client.get(TASKS, namespace, String(reference?.name)),
        'spec',
      );
      if (!task) {
        this.finish(
          TASK_RUNS,
          run,
          'failed',
          'CouldntGetTask',
          `Task "${String(reference?.name)}" not found in namespace ${namespace}`,
        );
        return;
      }
    }
    const declared = objectsAt(task, 'steps').map((step, index) => ({
      name: stringAt(step, 'name') ?? `unnamed-${index}`,
      image: stringAt(step, 'image') ?? PLAYED_STEP.image,
    }));
    const steps = declared.length ? declared : [PLAYED_STEP];
    const podName = `${name.slice(0, 58)}-pod`;
    const pod =
      client.get('pods', namespace, podName) ??
      this.startPod(run, podName, steps);
    const phase = stringAt(pod, 'status', 'phase');
    const states = stepStates(steps, pod);
    const failed = states.find(
      one => objectAt(one, 'terminated')?.exitCode === 1,
    );
    const extra = {
      podName,
      steps: states,
      ...(task ? { taskSpec: task } : {}),
    };
    if (phase === 'Succeeded')
      this.finish(
        TASK_RUNS,
        run,
        'succeeded',
        'Succeeded',
        'All Steps have completed executing (played by the sandbox)',
        extra,
      );
    else if (phase === 'Failed')
      this.finish(
        TASK_RUNS,
        run,
        'failed',
        'Failed',
        `"${stringAt(failed, 'container') ?? 'step'}" exited with code 1 (played by the sandbox)`,
        extra,
      );
    else if (pullFailed(pod))
      this.finish(
        TASK_RUNS,
        run,
        'failed',
        'TaskRunImagePullFailed',
        `the step's image could not be pulled (played by the sandbox): its tag contains "missing"`,
        extra,
      );
    else
      this.progress(
        TASK_RUNS,
        run,
        'Not all Steps in the Task have finished executing',
        extra,
      );
  }

  private startPod(
    run: KubeObject,
    name: string,
    steps: { name: string; image: string }[],
  ): KubeObject {
    const { client } = this.context;
    return client.create('pods', run.metadata.namespace, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        labels: {
          ...run.metadata.labels,
          'tekton.dev/taskRun': run.metadata.name,
          'app.kubernetes.io/managed-by': 'tekton-pipelines',
        },
        annotations: {
          ...failure(run, steps),
          [STAND_IN]: 'true',
        },
        ownerReferences: [controllerRef(run)],
      },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName:
          stringAt(run, 'spec', 'serviceAccountName') ?? 'default',
        containers: steps.map(step => ({
          name: `step-${step.name}`,
          image: step.image,
        })),
      },
    });
  }

  private progress(
    resource: string,
    run: KubeObject,
    message: string,
    extra: JsonObject,
  ): void {
    this.write(resource, run, 'Unknown', 'Running', message, extra);
  }

  private finish(
    resource: string,
    run: KubeObject,
    outcome: Outcome,
    reason: string,
    message: string,
    extra: JsonObject = {},
  ): void {
    const completionTime = timestamp(this.context.clock());
    this.write(
      resource,
      run,
      outcome === 'succeeded' ? 'True' : 'False',
      reason,
      message,
      { ...extra, completionTime },
    );
    this.context.events.record(
      run,
      outcome === 'succeeded' ? 'Normal' : 'Warning',
      reason,
      message,
    );
  }

  private write(
    resource: string,
    run: KubeObject,
    status: string,
    reason: string,
    message: string,
    extra: JsonObject,
  ): void {
    const now = timestamp(this.context.clock());
    const before = objectsAt(run, 'status', 'conditions')[0];
    const same =
      before &&
      before.status === status &&
      before.reason === reason &&
      before.message === message;
    const condition = same
      ? before
      : { type: 'Succeeded', status, reason, message, lastTransitionTime: now };
    const next = {
      ...objectAt(run, 'status'),
      startTime: stringAt(run, 'status', 'startTime') ?? now,
      ...extra,
      conditions: [condition],
    };
    if (!equal(next, run.status))
      this.context.client.updateStatus(resource, run, next);
  }
}

/** What the run's annotations say about this task, in the words of the kubelet's stand-in. */
function failure(
  run: KubeObject,
  steps: { name: string }[],
): Record<string, string> {
  const { labels = {}, annotations = {} } = run.metadata;
  const [task, step = steps[0].name] = (annotations[RUN_FAILS] ?? '').split(
    '/',
  );
  const repeated =
    annotations[RUN_FAILS_ONCE] === 'true' && annotations[RERUN_OF];
  if (!task || task !== labels['tekton.dev/pipelineTask'] || repeated)
    return {};
  return {
    [FAILS]: `step-${step}`,
    ...(annotations[FAILS_WITH] && { [FAILS_WITH]: annotations[FAILS_WITH] }),
  };
}

/** The steps of a task run one after another; those behind one that failed are skipped. */
function stepStates(steps: { name: string }[], pod: KubeObject): JsonObject[] {
  let failed = false;
  return steps.map(({ name }) => {
    const container = `step-${name}`;
    const state = objectAt(
      objectsAt(pod, 'status', 'containerStatuses').find(
        one => one.name === container,
      ),
      'state',
    );
    const terminated = objectAt(state, 'terminated');
    const skipped = failed && terminated !== undefined;
    failed ||= terminated !== undefined && terminated.exitCode !== 0;
    return {
      name,
      container,
      ...state,
      ...(terminated && {
        terminated: skipped
          ? { ...terminated, exitCode: 1, reason: 'Error' }
          : terminated,
        terminationReason: skipped ? 'Skipped' : terminated.reason,
      }),
    };
  });
}

function started(run: KubeObject, child: KubeObject): number {
  const known = objectsAt(run, 'status', 'childReferences');
  const position = known.findIndex(one => one.name === child.metadata.name);
  return position < 0 ? known.length : position;
}

function outcomeOf(run: KubeObject): Outcome {
  const status = objectsAt(run, 'status', 'conditions').find(
    one => one.type === 'Succeeded',
  )?.status;
  if (status === 'True') return 'succeeded';
  return status === 'False' ? 'failed' : 'running';
}

/** A task waits for those that it names, and for those whose results it uses. */
function dependencies(task: JsonObject): string[] {
  const named = listAt(task, 'runAfter').map(String);
  const used = [
    ...JSON.stringify(task.params ?? []).matchAll(
      /\$\(tasks\.([a-z0-9-]+)\.results\./g,
    ),
  ].map(match => match[1]);
  return [...named, ...used];
}

function pullFailed(pod: KubeObject): boolean {
  return objectsAt(pod, 'status', 'containerStatuses').some(
    one => stringAt(one, 'state', 'waiting', 'reason') === 'ImagePullBackOff',
  );
}
