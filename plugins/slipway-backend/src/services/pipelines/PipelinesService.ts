import {
  ApiPipelineLogs,
  ApiPipelineRuns,
} from '@slipway/plugin-slipway-common';
import { CallOptions } from '../changes/ChangesService';

/** Names of one service. */
export interface ServicePath {
  organization: string;
  service: string;
}

/** One run of a service. */
export interface RunPath extends ServicePath {
  id: string;
}

/** Runs of pipelines, whatever the engine. */
export interface PipelinesService {
  /** Newest first. With an environment, its own and those of the service as a whole. Asks no engine. */
  list(
    path: ServicePath & { environment?: string },
    options: CallOptions,
  ): Promise<ApiPipelineRuns>;
  /** The end of a step's log, of the failed one when none is named. Asks the engine. */
  logs(
    path: RunPath,
    query: { step?: string; tail?: number },
    options: CallOptions,
  ): Promise<ApiPipelineLogs>;
  /** Runs it again; returns the id of the new run. The same key never makes a second one. */
  rerun(
    path: RunPath,
    key: string | undefined,
    options: CallOptions,
  ): Promise<string>;
}
