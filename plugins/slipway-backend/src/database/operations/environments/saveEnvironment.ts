import { ConflictError } from '@backstage/errors';
import type {
  EnvironmentPatch,
  EnvironmentRecord,
} from '../../../ports/EnvironmentStore';
import type { TimelineEntry } from '../../../ports/TimelineStore';
import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { forgetWanted } from '../releases/wanted';
import { recordEvents } from '../timeline/recordEvents';
import { lockEnvironment } from './lockEnvironment';
import {
  changedColumns,
  EnvironmentRow,
  ENVIRONMENTS,
  toEnvironmentRecord,
} from './row';

/**
 * Writes what a run found out. Survives two writers: the revision that the write is based on is compared under a lock,
 * and the slower one is told to read again. Survives a frozen process by its lease. What equals the stored value is
 * no write, so that a reconcile at every tick leaves the revision alone.
 */
export async function saveEnvironment(
  { db, clock }: TransactionContext,
  key: string,
  revision: number,
  patch: EnvironmentPatch,
  options: { lease?: Lease; events?: TimelineEntry[] },
): Promise<EnvironmentRecord> {
  const row = await lockEnvironment(db, key, options.lease);
  if (row.revision !== revision) {
    throw new ConflictError(
      `Environment ${key} is at revision ${row.revision}, the write was based on ${revision}; read it again.`,
    );
  }
  if (patch.cluster && row.cluster && patch.cluster !== row.cluster) {
    throw new ConflictError(
      `Environment ${key} runs on cluster ${row.cluster} and can't be moved to ${patch.cluster}; ` +
        'delete it there and declare it anew, or set the cluster back.',
    );
  }
  await recordEvents({ db, clock }, options.events ?? []);
  const columns = changedColumns(row, patch);
  if (
    patch.phase !== row.phase &&
    (patch.phase === 'deleted' || patch.phase === 'retained')
  )
    await forgetWanted({ db, clock }, key, patch.phase);
  if (Object.keys(columns).length === 0) return toEnvironmentRecord(row);

  const [saved]: EnvironmentRow[] = await db(ENVIRONMENTS)
    .where({ key })
    .update({
      ...columns,
      revision: row.revision + 1,
      updated_at: clock.sql(db),
    })
    .returning('*');
  return toEnvironmentRecord(saved);
}
