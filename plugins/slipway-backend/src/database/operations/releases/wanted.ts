import type { WantedRevision } from '../../../ports/ReleaseStore';
import type { DatabaseContext } from '../../context';
import type { Db } from '../../dialect';
import { toWanted, WANTED, WantedRow } from './row';

/** What environments were asked for last. */
export async function listWanted(
  db: Db,
  filter: { environment?: string; organization?: string; service?: string },
): Promise<WantedRevision[]> {
  const { environment, organization, service } = filter;
  const rows: WantedRow[] = await db(WANTED)
    .where({
      ...(environment !== undefined && { environment }),
      ...(organization !== undefined && { organization }),
      ...(service !== undefined && { service }),
    })
    .orderBy(['environment', 'workload']);
  return rows.map(toWanted);
}

/**
 * Git says so. Survives a newer wish that came in while the commit was made: that one has another serial and stays
 * open.
 */
export async function settleWanted(
  { db, clock }: DatabaseContext,
  environment: string,
  serials: string[],
): Promise<void> {
  await db(WANTED)
    .where({ environment, settled_at: null })
    .whereIn('serial', serials)
    .update({ settled_at: clock.sql(db) });
}

/** What Git doesn't say yet is not asked for any more; its place in the order stays taken. */
export async function withdrawWanted(
  { db, clock }: DatabaseContext,
  environment: string,
): Promise<void> {
  await db(WANTED)
    .where({ environment, settled_at: null })
    .update({ settled_at: clock.sql(db) });
}
