import type { DriftRecord } from '../../../ports/DriftStore';
import type { TimelineEntry } from '../../../ports/TimelineStore';
import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { toJson } from '../../json';
import { fence } from '../environments/lockEnvironment';
import { recordEvents } from '../timeline/recordEvents';
import { toOptionalDate } from '../../time';
import { DRIFT_REQUESTS, type DriftRow, DRIFTS } from './row';

/**
 * Writes what was found, with its events, and takes what was done off the list: all or nothing, so that an episode is
 * told exactly when its state is kept. Survives a frozen process by its lease, a repeated step by the events' own keys,
 * and a request that comes in meanwhile, because it only deletes the ones that it knows. What it compares with was
 * written under the same lease, so that no other replica's finding comes between.
 */
export async function saveDrift(
  { db, clock }: TransactionContext,
  record: DriftRecord,
  options: { lease?: Lease; events?: TimelineEntry[]; done?: string[] },
): Promise<{ same: boolean }> {
  await fence(db, options.lease);
  const before: DriftRow | undefined = await db(DRIFTS)
    .where({ environment: record.environment })
    .first();
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
  const told = [...(options.events ?? []), ...(options.done ?? [])];
  return {
    same: before !== undefined && told.length === 0 && isSame(before, record),
  };
}

/** How exactly a card tells the age of the last look. */
const AGE_MS = 600_000;

/**
 * Whether it looks the same on a card. Checks that were forgotten are a look that somebody waits for: that it was done
 * is what they want to see.
 */
function isSame(before: DriftRow, record: DriftRecord): boolean {
  return (
    before.checks !== '{}' &&
    ageOf(toOptionalDate(before.checked_at)) === ageOf(record.checkedAt) &&
    before.state === record.state &&
    before.message === (record.message ?? null) &&
    before.result === toJson(record.drifted) &&
    toOptionalDate(before.since)?.getTime() === record.since?.getTime() &&
    toOptionalDate(before.changed_at)?.getTime() === record.changedAt.getTime()
  );
}

function ageOf(checkedAt: Date | undefined): number | undefined {
  return checkedAt && Math.floor(checkedAt.getTime() / AGE_MS);
}
