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
import { podNameOf } from './podName';
import { trimWorkflow } from './trimWorkflow';
import {
  nodesOf,
  statusOf,
  WORKFLOW,
  type WorkflowNode,
  type WorkflowSpec,
} from './workflow';

/** The container that a step's work is done in; the others are Argo's. */
const MAIN = 'main';

/** The label by which Argo itself says what a resubmitted workflow came from. */
const RESUBMITTED_FROM = 'workflows.argoproj.io/resubmitted-from-workflow';

/** How the old one went and who started it; a copy that is labelled completed would never be run. */
const OF_THE_OLD_RUN = [
  'workflows.argoproj.io/creator',
  'workflows.argoproj.io/actor',
  'workflows.argoproj.io/action',
  'workflows.argoproj.io/phase',
  'workflows.argoproj.io/completed',
  'workflows.argoproj.io/workflow-archiving-status',
];

/** Argo Workflows (`argoproj.io/v1alpha1`). */
export class ArgoWorkflowsEngine implements ClusterPipelineEngine {
  static create(
    options: { labelSelector?: string; runUrl?: string } = {},
  ): ArgoWorkflowsEngine {
    return new ArgoWorkflowsEngine(options);
  }

  readonly type = 'argo-workflows';
  readonly title = 'Argo Workflows';
  readonly hosting = 'cluster';
  readonly kinds: LiveKind[];

  private constructor({
    labelSelector,
    runUrl,
  }: {
    labelSelector?: string;
    runUrl?: string;
  }) {
    this.kinds = [
      {
        ...WORKFLOW,
        ...(labelSelector && { labelSelector }),
        trim: object => trimWorkflow(object, { runUrl }),
      },
    ];
  }

  async readLog(
    cluster: PipelineCluster,
    run: PipelineRunItem,
    { step, tail }: { step: string; tail: number },
  ): Promise<PipelineLog> {
    const workflow = await runObject(cluster, WORKFLOW, run);
    const nodes = nodesOf(statusOf(workflow)) ?? {};
    const node: WorkflowNode | undefined = nodes[step];
    if (!node) {
      throw new NotFoundError(
        `The workflow ${run.name} has no step ${step}; take an id from its steps.`,
      );
    }
    const inSet = node.type === 'Container';
    const holder = inSet ? nodes[node.boundaryID ?? ''] : node;
    return cluster.podLog({
      namespace: run.namespace ?? '',
      pod: podNameOf(workflow, holder ?? node),
      container: inSet ? (node.displayName ?? MAIN) : MAIN,
      tail,
    });
  }

  async rerun(
    cluster: PipelineCluster,
    run: PipelineRunItem,
    request: RerunRequest,
  ): Promise<{ id: string }> {
    const old = await runObject(cluster, WORKFLOW, run);
    // A workflow that was stopped, held or ended by its deadline says so in its spec.
    const {
      shutdown: _,
      suspend: __,
      activeDeadlineSeconds,
      ...spec
    } = old.spec as WorkflowSpec;
    return repeatRun(cluster, old, request, {
      spec: {
        ...spec,
        ...(activeDeadlineSeconds && { activeDeadlineSeconds }),
      },
      drop: name => OF_THE_OLD_RUN.some(own => name.startsWith(own)),
      labels: { [RESUBMITTED_FROM]: run.name },
    });
  }
}
