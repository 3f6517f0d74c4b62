/**
 * The engines that runs can come from, in the words of an Organization's `pipelineEngine`.
 *
 * @public
 */
export type PipelineEngineType = 'tekton' | 'argo-workflows' | 'github-actions';

/**
 * Where a run stands, in one set of words for every engine.
 *
 * @public
 */
export type PipelineState =
  'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';

/**
 * One step of a run.
 *
 * @public
 */
export interface PipelineStep {
  /** Unique in its run, and enough for the engine to find the step's log. */
  id: string;
  name: string;
  /** The task or job that it belongs to. */
  task?: string;
  state: PipelineState | 'skipped';
  startedAt?: string;
  finishedAt?: string;
  message?: string;
  exitCode?: number;
  /** Its log can be asked for. */
  logs: boolean;
}

/**
 * One run, as an engine tells it.
 *
 * @public
 */
export interface PipelineRunItem {
  /** Unique in the engine; letters, digits, dots, hyphens and underscores. */
  id: string;
  name: string;
  /** Where it is, for engines in a cluster. */
  namespace?: string;
  state: PipelineState;
  /** It carries Slipway's labels. */
  byUs: boolean;
  pipeline?: string;
  revision?: string;
  branch?: string;
  /** What started it, in the engine's words. */
  trigger?: string;
  /** Its page in the engine's own interface. */
  url?: string;
  createdAt?: string;
  startedAt?: string;
  finishedAt?: string;
  /** The engine's own words about the whole run; a failing step's words come before them. */
  message?: string;
  /** Id of the run that this one repeats. */
  rerunOf?: string;
  /** Which attempt it is, where the engine repeats a run in place. */
  attempt?: number;
  /** In the order in which people read them; steps that another object tells are added by {@link PipelinePart}s. */
  steps: PipelineStep[];
}

/**
 * What an engine in a cluster keeps in the status index: a run, or what another object says about a task of one.
 *
 * @public
 */
export type PipelinePart =
  | { part: 'run'; run: PipelineRunItem }
  | {
      part: 'task';
      /** Id of the run. */
      run: string;
      /** Id of the run's step that stands for the task until these are known; they take its place. */
      replaces: string;
      steps: PipelineStep[];
    };

/**
 * The end of a step's log.
 *
 * @public
 */
export interface PipelineLog {
  lines: Array<{ at?: string; text: string }>;
  /** There is more before the first line. */
  truncated: boolean;
}
