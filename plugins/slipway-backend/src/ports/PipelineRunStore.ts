import type { PipelineRunItem } from '@slipway/plugin-slipway-node';

/** A run as it was seen last. */
export interface KeptRun {
  run: PipelineRunItem;
  environment?: string;
}

/** The last runs of a service in one place. */
export interface KeptRuns {
  /** The engine, and its cluster or repository. */
  source: string;
  /** Newest first. */
  runs: KeptRun[];
  /** When they were seen to differ from what was kept before. */
  seenAt: Date;
}

/** The last runs that were seen, so that a restart shows them with their age. */
export interface PipelineRunStore {
  /** Of one service, `<organization>/<service>`. */
  list(service: string): Promise<KeptRuns[]>;
  /** In place of what was kept of that place; no runs are nothing to keep. */
  save(service: string, source: string, runs: KeptRun[]): Promise<void>;
}
