import {
  clipMessage,
  type PipelineRunItem,
  type PipelineState,
  type PipelineStep,
} from '@slipway/plugin-slipway-node';
import { createHash } from 'node:crypto';
import type {
  GithubAnnotation,
  GithubJob,
  GithubRun,
  GithubStep,
} from './GithubApi';

/** What is known of one job beside itself. */
export interface KnownJob {
  job: GithubJob;
  annotations: GithubAnnotation[];
}

/** Unique among all repositories, and usable in a URL. */
export function runId(repository: string, run: number): string {
  const place = createHash('sha256')
    .update(repository)
    .digest('hex')
    .slice(0, 8);
  return `gha-${place}-${run}`;
}

/** Where the log of a step is. */
export function stepAddress(
  step: string,
): { job: number; step?: number } | undefined {
  const [, job, number] = /^(\d+)(?:\.(\d+))?$/.exec(step) ?? [];
  if (!job) return undefined;
  return { job: Number(job), ...(number && { step: Number(number) }) };
}

/** A run in the words of every engine. */
export function shapeRun(
  repository: string,
  run: GithubRun,
  jobs: KnownJob[],
): PipelineRunItem {
  const state = stateOf(run.status, run.conclusion);
  const over = ['succeeded', 'failed', 'cancelled'].includes(state);
  const title = run.name || run.display_title || 'Workflow';
  return {
    id: runId(repository, run.id),
    name: `${title} #${run.run_number}`,
    state,
    byUs: false,
    pipeline: title,
    revision: run.head_sha,
    ...(run.head_branch && { branch: run.head_branch }),
    trigger: run.event,
    url: run.html_url,
    createdAt: run.created_at,
    ...(run.run_started_at && { startedAt: run.run_started_at }),
    ...(over && { finishedAt: run.updated_at }),
    ...(run.conclusion === 'startup_failure' && {
      message: 'The workflow could not be started; look at its file.',
    }),
    ...(run.conclusion === 'action_required' && {
      message: 'Somebody has to approve this run at GitHub.',
    }),
    attempt: run.run_attempt ?? 1,
    steps: jobs.flatMap(stepsOf),
  };
}

/** GitHub's status and conclusion in the words of every engine. */
export function stateOf(
  status: string | null,
  conclusion: string | null,
): PipelineState {
  if (status === 'in_progress') return 'running';
  if (status !== 'completed') return 'queued';
  switch (conclusion) {
    case 'success':
    case 'neutral':
    case 'skipped':
      return 'succeeded';
    case 'failure':
    case 'timed_out':
    case 'startup_failure':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'action_required':
      return 'queued';
    default:
      return 'unknown';
  }
}

function stepsOf({ job, annotations }: KnownJob): PipelineStep[] {
  const words = annotations
    .filter(({ annotation_level }) => annotation_level === 'failure')
    .flatMap(({ message }) => message ?? []);
  const code = words
    .map(text => /exit code (\d+)/i.exec(text)?.[1])
    .find(Boolean);
  const steps = (job.steps ?? []).map(step => shapeStep(step, job));
  const failed = steps.find(step => step.state === 'failed');
  const message = clipMessage(words.join(' ') || undefined);
  if (failed) {
    if (message) failed.message = message;
    if (code) failed.exitCode = Number(code);
    return steps;
  }
  const state = stepState(job.status, job.conclusion);
  // A job may fail or wait without a step: no runner, no time, skipped.
  return steps.length > 0 && state !== 'failed'
    ? steps
    : [
        ...steps,
        {
          id: String(job.id),
          name: job.name,
          task: job.name,
          state,
          ...(job.started_at && { startedAt: job.started_at }),
          ...(job.completed_at && { finishedAt: job.completed_at }),
          ...(message && { message }),
          logs: job.status === 'completed' && state !== 'skipped',
        },
      ];
}

function shapeStep(step: GithubStep, job: GithubJob): PipelineStep {
  const state = stepState(step.status, step.conclusion);
  return {
    id: `${job.id}.${step.number}`,
    name: step.name,
    task: job.name,
    state,
    ...(step.started_at && { startedAt: step.started_at }),
    ...(step.completed_at && { finishedAt: step.completed_at }),
    // GitHub gives the log of a job when the job has ended.
    logs: job.status === 'completed' && state !== 'skipped',
  };
}

function stepState(
  status: string,
  conclusion: string | null,
): PipelineStep['state'] {
  return conclusion === 'skipped' ? 'skipped' : stateOf(status, conclusion);
}
