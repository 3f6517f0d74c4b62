import type { WantedRevision } from '../../../ports/ReleaseStore';
import type { DatabaseContext } from '../../context';
import type { Db } from '../../dialect';
import { MOVES, toWanted, WANTED, WantedRow } from './row';

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

/**
 * An environment has come to its end: what it was asked for is no wish of the one that may be declared under its name
 * later. One whose databases are kept comes back with what it ran, so of that only what was still to come is forgotten.
 */
export async function forgetWanted(
  { db, clock }: DatabaseContext,
  environment: string,
  end: 'deleted' | 'retained',
): Promise<void> {
  await db(MOVES).where({ environment }).delete();
  const rows = db(WANTED).where({ environment });
  if (end === 'deleted') await rows.delete();
  else
    await rows
      .where({ settled_at: null })
      .update({ settled_at: clock.sql(db) });
}
