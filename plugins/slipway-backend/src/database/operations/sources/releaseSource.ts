import type { SourceLease } from '../../../ports/SourceStore';
import type { DatabaseContext } from '../../context';
import { SOURCES } from './row';

/** Gives the source back. Survives a reader that was too slow: the token of the next one stays untouched. */
export async function releaseSource(
  { db }: DatabaseContext,
  lease: SourceLease,
): Promise<void> {
  await db(SOURCES)
    .where({ id: lease.sourceId, lease_token: lease.leaseToken })
    .update({ lease_token: null, leased_until: null });
}
