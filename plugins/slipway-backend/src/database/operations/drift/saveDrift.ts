import type { DriftRecord } from '../../../ports/DriftStore';
import type { TimelineEntry } from '../../../ports/TimelineStore';
import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { toJson } from '../../json';
import { fence } from '../environments/lockEnvironment';
import { recordEvents } from '../timeline/recordEvents';
import { DRIFT_REQUESTS, DRIFTS } from './row';

/**
 * Writes what was found, with its events, and takes what was done off the list: all or nothing, so that an episode is
 * told exactly when its state is kept. Survives a frozen process by its lease, a repeated step by the events' own keys,
 * and a request that comes in meanwhile, because it only deletes the ones that it knows.
 */
export async function saveDrift(
  { db, clock }: TransactionContext,
  record: DriftRecord,
  options: { lease?: Lease; events?: TimelineEntry[]; done?: string[] },
): Promise<void> {
  await fence(db, options.lease);
  await recordEvents({ db, clock }, options.events ?? []);
  await db(DRIFTS)
    .insert({
      environment: record.environment,
      state: record.state,
      since: record.since ?? null,
      changed_at: record.changedAt,
      checked_at: record.checkedAt ?? null,
      message: record.message ?? null,
      objects: record.drifted.length,
      fields: record.drifted.reduce((n, { fields }) => n + fields.length, 0),
      result: toJson(record.drifted),
      checks: toJson(record.checks),
    })
    .onConflict('environment')
    .merge();
  if (options.done?.length)
    await db(DRIFT_REQUESTS).whereIn('id', options.done).delete();
}
