import type { JsonObject } from '@backstage/types';
import {
  clipMessage,
  type LiveItem,
  type PipelinePart,
  type PipelineState,
  type PipelineStep,
  rerunBy,
  rerunOf,
  runFacts,
  runOwner,
  type WatchedObject,
} from '@slipway/plugin-slipway-node';
import {
  nodesOf,
  statusOf,
  type WorkflowNode,
  type WorkflowSpec,
  type WorkflowStatus,
} from './workflow';

/** Nobody reads more, and a workflow may have thousands. */
const MAX_STEPS = 200;

/** Kinds of nodes that do something; the others only group. */
const STEPS = ['Pod', 'Container', 'Suspend', 'HTTP', 'Plugin', 'Skipped'];
const WITH_LOG = ['Pod', 'Container'];

const SHUT_DOWN = /workflow shutdown/i;

/** Words that say no more than the exit code does. */
const EXITED = /^(?:[\w-]+: )?Error \(exit code \d+\)$/;

/** Keeps of a Workflow what is shown. */
export function trimWorkflow(
  object: WatchedObject,
  { runUrl }: { runUrl?: string } = {},
): LiveItem | undefined {
  const spec = (object.spec ?? {}) as WorkflowSpec;
  const { repository, revision, branch } = runFacts(
    object,
    spec.arguments?.parameters ?? [],
  );
  const found = runOwner(object, repository);
  if (!found) return undefined;
  const status = statusOf(object);
  const { uid = '', name, namespace = '', creationTimestamp } = object.metadata;
  const state = stateOf(status, spec);
  const { steps, remark } = stepsOf(name, status, state);
  const part: PipelinePart = {
    part: 'run',
    run: defined({
      id: uid,
      name,
      namespace,
      state,
      byUs: found.byUs,
      pipeline:
        spec.workflowTemplateRef?.name ??
        object.metadata.labels?.['workflows.argoproj.io/workflow-template'],
      revision,
      branch,
      trigger: triggerOf(object),
      url: runUrl
        ?.replaceAll('{namespace}', encodeURIComponent(namespace))
        .replaceAll('{name}', encodeURIComponent(name)),
      createdAt: creationTimestamp,
      startedAt: status.startedAt ?? undefined,
      finishedAt: status.finishedAt ?? undefined,
      message: clipMessage(status.message ?? remark),
      rerunOf: rerunOf(object),
      steps,
    }),
  };
  return { owner: found.owner, value: part as unknown as JsonObject };
}

function stateOf(
  { phase, startedAt }: WorkflowStatus,
  { shutdown }: WorkflowSpec,
): PipelineState {
  switch (phase) {
    case 'Succeeded':
      return 'succeeded';
    case 'Failed':
    case 'Error':
      return shutdown ? 'cancelled' : 'failed';
    case 'Running':
      return 'running';
    default:
      return startedAt ? 'running' : 'queued';
  }
}

/** What started it, in the engine's words. */
function triggerOf(object: WatchedObject): string | undefined {
  const { labels = {} } = object.metadata;
  const by = rerunBy(object);
  if (by) return `re-run by ${by}`;
  const cron = labels['workflows.argoproj.io/cron-workflow'];
  if (cron) return `cron ${cron}`;
  return (
    labels['events.argoproj.io/trigger'] ??
    labels['events.argoproj.io/sensor'] ??
    labels['workflows.argoproj.io/workflow-event-binding'] ??
    labels['workflows.argoproj.io/creator-preferred-username'] ??
    labels['workflows.argoproj.io/creator']
  );
}

function stepsOf(
  workflow: string,
  status: WorkflowStatus,
  run: PipelineState,
): { steps: PipelineStep[]; remark?: string } {
  let nodes: Record<string, WorkflowNode> | undefined;
  try {
    nodes = nodesOf(status);
  } catch (error) {
    return {
      steps: [],
      remark: `Its steps can't be read: ${(error as Error).message}`,
    };
  }
  if (!nodes)
    return {
      steps: [],
      remark: "Its steps are in Argo's own database, not in the cluster.",
    };
  const all = inOrder(workflow, nodes).filter(({ type = '' }) =>
    STEPS.includes(type),
  );
  if (all.length <= MAX_STEPS)
    return { steps: all.map(node => shape(node, run)) };
  // What failed is what people look for; of the rest the beginning is as good as any.
  const kept = new Set(
    [...all]
      .sort((a, b) => Number(bad(b)) - Number(bad(a)))
      .slice(0, MAX_STEPS),
  );
  return {
    steps: all.filter(node => kept.has(node)).map(node => shape(node, run)),
    remark: `${MAX_STEPS} of its ${all.length} steps are shown, those that failed first.`,
  };
}

/** In the order in which they follow one another; times are whole seconds and decide nothing. */
function inOrder(
  root: string,
  nodes: Record<string, WorkflowNode>,
): WorkflowNode[] {
  const seen = new Set<string>();
  const order: WorkflowNode[] = [];
  const waiting = [root];
  while (waiting.length > 0) {
    const id = waiting.pop()!;
    const node = nodes[id];
    if (!node || seen.has(id)) continue;
    seen.add(id);
    order.push(node);
    waiting.push(...(node.children ?? []).toReversed());
  }
  const rest = Object.values(nodes)
    .filter(({ id }) => !seen.has(id))
    .sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''));
  return [...order, ...rest];
}

function bad({ phase }: WorkflowNode): boolean {
  return phase === 'Failed' || phase === 'Error';
}

function shape(node: WorkflowNode, run: PipelineState): PipelineStep {
  const code = Number(node.outputs?.exitCode);
  const exitCode =
    node.outputs?.exitCode !== undefined && Number.isInteger(code)
      ? code
      : undefined;
  const state = stepState(node, run);
  const told = exitCode !== undefined && EXITED.test(node.message ?? '');
  const message = told ? undefined : clipMessage(node.message || undefined);
  return defined({
    id: node.id,
    name: node.displayName || node.name,
    task: node.templateName || node.templateRef?.template,
    state,
    startedAt: node.startedAt ?? undefined,
    finishedAt: node.finishedAt ?? undefined,
    message,
    exitCode,
    logs:
      WITH_LOG.includes(node.type ?? '') &&
      !['queued', 'skipped'].includes(state),
  });
}

function stepState(
  { phase, message = '' }: WorkflowNode,
  run: PipelineState,
): PipelineStep['state'] {
  switch (phase) {
    case 'Succeeded':
      return 'succeeded';
    case 'Failed':
    case 'Error':
      return run === 'cancelled' && SHUT_DOWN.test(message)
        ? 'cancelled'
        : 'failed';
    case 'Running':
      return 'running';
    case 'Skipped':
    case 'Omitted':
      return 'skipped';
    default:
      return 'queued';
  }
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}
