import type { KeptRuns } from '../../../ports/PipelineRunStore';
import { fromJson } from '../../json';
import { toDate } from '../../time';

export const PIPELINE_RUNS = 'pipeline_runs';

export interface PipelineRunsRow {
  service: string;
  source: string;
  runs: string;
  seen_at: Date | number;
}

export function toKeptRuns(row: PipelineRunsRow): KeptRuns {
  return {
    source: row.source,
    runs: fromJson<KeptRuns['runs']>(row.runs),
    seenAt: toDate(row.seen_at),
  };
}
