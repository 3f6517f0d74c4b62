import type { KeptRuns } from '../../../ports/PipelineRunStore';
import type { Db } from '../../dialect';
import { PIPELINE_RUNS, PipelineRunsRow, toKeptRuns } from './row';

/** Reads what is kept of one service: one statement, so all of one moment. */
export async function listRuns(db: Db, service: string): Promise<KeptRuns[]> {
  const rows: PipelineRunsRow[] = await db<PipelineRunsRow>(PIPELINE_RUNS)
    .select('*')
    .where({ service })
    .orderBy('source');
  return rows.map(toKeptRuns);
}
