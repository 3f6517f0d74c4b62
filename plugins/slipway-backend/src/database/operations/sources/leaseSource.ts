import { randomUUID } from 'node:crypto';
import type { SourceLease } from '../../../ports/SourceStore';
import type { DatabaseContext } from '../../context';
import { SOURCES } from './row';

/**
 * Gives one reader the source for a while. Survives two readers at once, and a reader that died: one statement sets
 * the token only where nobody has one that still counts.
 */
export async function leaseSource(
  { db, clock }: DatabaseContext,
  id: string,
  leaseMs: number,
): Promise<SourceLease | undefined> {
  const leaseToken = randomUUID();
  const leased = await db(SOURCES)
    .where({ id })
    .andWhere(free =>
      free
        .whereNull('lease_token')
        .orWhere('leased_until', '<=', clock.sql(db)),
    )
    .update({ lease_token: leaseToken, leased_until: clock.sql(db, leaseMs) });
  return leased > 0 ? { sourceId: id, leaseToken } : undefined;
}
