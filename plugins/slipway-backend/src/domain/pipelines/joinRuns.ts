import type {
  PipelinePart,
  PipelineRunItem,
  PipelineStep,
} from '@slipway/plugin-slipway-node';

/** The runs among these parts, with the steps that other parts tell. */
export function joinRuns(parts: PipelinePart[]): PipelineRunItem[] {
  const tasks = new Map<string, Map<string, PipelineStep[]>>();
  const runs = new Map<string, PipelineRunItem>();
  for (const part of parts) {
    if (part.part === 'run') runs.set(part.run.id, part.run);
    else {
      const known = tasks.get(part.run) ?? new Map<string, PipelineStep[]>();
      tasks.set(part.run, known.set(part.replaces, part.steps));
    }
  }
  return [...runs.values()].map(run => withTasks(run, tasks.get(run.id)));
}

function withTasks(
  run: PipelineRunItem,
  tasks: Map<string, PipelineStep[]> | undefined,
): PipelineRunItem {
  if (!tasks) return run;
  const named = new Set(run.steps.map(({ id }) => id));
  // A task is seen before its run names it.
  const early = [...tasks].filter(([id]) => !named.has(id));
  return {
    ...run,
    steps: [
      ...run.steps.flatMap(step => tasks.get(step.id) ?? [step]),
      ...early.flatMap(([, steps]) => steps),
    ],
  };
}

/** The step that people want to see first: the first one that failed. */
export function failedStep(run: PipelineRunItem): PipelineStep | undefined {
  return run.state === 'failed'
    ? run.steps.find(({ state }) => state === 'failed')
    : undefined;
}

/** Why a run failed: the failing step's words, then the engine's own. */
export function messageOf(run: PipelineRunItem): string | undefined {
  const step = failedStep(run);
  if (!step) return run.message;
  const place =
    step.task && step.task !== step.name
      ? `Step ${step.name} of ${step.task}`
      : `Step ${step.name}`;
  const end =
    step.exitCode === undefined
      ? 'failed'
      : `failed with exit code ${step.exitCode}`;
  return step.message ? `${place} ${end}: ${step.message}` : `${place} ${end}.`;
}
