import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type ClusterPipelineEngine,
  type LiveKind,
  type PipelineCluster,
  type PipelineLog,
  type PipelineRunItem,
  rerunMetadata,
  type RerunRequest,
  type WatchedObject,
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
    const workflow = await this.require(cluster, run);
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
    const old = await this.require(cluster, run);
    const namespace = run.namespace ?? '';
    // A workflow that was stopped, held or ended by its deadline says so in its spec.
    const {
      shutdown: _,
      suspend: __,
      activeDeadlineSeconds,
      ...spec
    } = old.spec as WorkflowSpec;
    const metadata = rerunMetadata(old, request, name =>
      OF_THE_OLD_RUN.some(own => name.startsWith(own)),
    );
    metadata.labels = { ...metadata.labels, [RESUBMITTED_FROM]: run.name };
    const copy: WatchedObject = {
      ...WORKFLOW,
      metadata,
      spec: {
        ...spec,
        ...(activeDeadlineSeconds && { activeDeadlineSeconds }),
      },
    };
    const made = await cluster.create(copy);
    const { name } = metadata;
    const now = await cluster.get({ ...WORKFLOW, namespace, name });
    if (!now?.metadata.uid) {
      throw new ConflictError(
        `The workflow ${name} in ${namespace} was ${made ? 'made' : 'there'}, but has been removed since; ask again.`,
      );
    }
    return { id: now.metadata.uid };
  }

  private async require(
    cluster: PipelineCluster,
    run: PipelineRunItem,
  ): Promise<WatchedObject> {
    const namespace = run.namespace ?? '';
    const found = await cluster.get({
      ...WORKFLOW,
      namespace,
      name: run.name,
    });
    if (!found || found.metadata.uid !== run.id) {
      throw new NotFoundError(
        `The workflow ${run.name} in ${namespace} is gone, and its logs with it; submit it anew.`,
      );
    }
    return found;
  }
}
