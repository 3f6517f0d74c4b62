import type { KeptRun } from '../../../ports/PipelineRunStore';
import type { DatabaseContext } from '../../context';
import { toJson } from '../../json';
import { PIPELINE_RUNS } from './row';

/**
 * Keeps the last runs of a service in one place. Survives replicas that see the same and write it together: the later
 * one writes the same over it, and one whose watch is behind is put right by its own next look.
 */
export async function keepRuns(
  { db, clock }: DatabaseContext,
  service: string,
  source: string,
  runs: KeptRun[],
): Promise<void> {
  if (runs.length === 0) {
    await db(PIPELINE_RUNS).where({ service, source }).delete();
    return;
  }
  await db(PIPELINE_RUNS)
    .insert({ service, source, runs: toJson(runs), seen_at: clock.sql(db) })
    .onConflict(['service', 'source'])
    .merge();
}
