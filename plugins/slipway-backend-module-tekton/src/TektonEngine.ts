import { NotFoundError } from '@backstage/errors';
import {
  type ClusterPipelineEngine,
  type LiveKind,
  type PipelineCluster,
  type PipelineLog,
  type PipelineRunItem,
  repeatRun,
  type RerunRequest,
  runObject,
} from '@slipway/plugin-slipway-node';
import { PIPELINE_RUN, TASK_RUN } from './kinds';
import { trimPipelineRun } from './trimPipelineRun';
import { stepAddress, trimTaskRun } from './trimTaskRun';

/** What Tekton or one of its companions wrote onto the old run, and would mistake for its own on the new one. */
const OF_THE_OLD_RUN = [
  'tekton.dev/',
  'chains.tekton.dev/',
  'results.tekton.dev/',
  'pipelinesascode.tekton.dev/state',
  'pipelinesascode.tekton.dev/check-run-id',
  'pipelinesascode.tekton.dev/log-url',
];

/** Tekton Pipelines (`tekton.dev/v1`). */
export class TektonEngine implements ClusterPipelineEngine {
  static create(
    options: { labelSelector?: string; runUrl?: string } = {},
  ): TektonEngine {
    return new TektonEngine(options);
  }

  readonly type = 'tekton';
  readonly title = 'Tekton';
  readonly hosting = 'cluster';
  readonly kinds: LiveKind[];

  private constructor({
    labelSelector,
    runUrl,
  }: {
    labelSelector?: string;
    runUrl?: string;
  }) {
    const own = labelSelector && { labelSelector };
    this.kinds = [
      {
        ...PIPELINE_RUN,
        ...own,
        trim: object => trimPipelineRun(object, { runUrl }),
      },
      {
        ...TASK_RUN,
        // Tekton copies a run's labels to its tasks; a task without a run is shown nowhere.
        labelSelector: ['tekton.dev/pipelineRun', labelSelector]
          .filter(Boolean)
          .join(','),
        trim: trimTaskRun,
      },
    ];
  }

  async readLog(
    cluster: PipelineCluster,
    run: PipelineRunItem,
    { step, tail }: { step: string; tail: number },
  ): Promise<PipelineLog> {
    const { taskRun, container } = stepAddress(step);
    const namespace = run.namespace ?? '';
    const found = await cluster.get({ ...TASK_RUN, namespace, name: taskRun });
    const pod = (found?.status as { podName?: string } | undefined)?.podName;
    if (!pod) {
      throw new NotFoundError(
        `The task ${taskRun} in ${namespace} has no Pod (any more), so there is no log of it.`,
      );
    }
    return cluster.podLog({ namespace, pod, container, tail });
  }

  async rerun(
    cluster: PipelineCluster,
    run: PipelineRunItem,
    request: RerunRequest,
  ): Promise<{ id: string }> {
    const old = await runObject(cluster, PIPELINE_RUN, run);
    // A run that was cancelled, or waits for somebody, says so in its spec.
    const { status: _, ...spec } = old.spec as { status?: string };
    return repeatRun(cluster, old, request, {
      spec,
      drop: name => OF_THE_OLD_RUN.some(own => name.startsWith(own)),
    });
  }
}
