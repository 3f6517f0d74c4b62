import type { Lease } from '../../../ports/WorkQueue';
import { type Db, isPostgres } from '../../dialect';
import type { TransactionContext } from '../../context';
import { fence } from '../environments/lockEnvironment';
import { ResourceRow, RESOURCES } from '../resources/row';
import { DomainRow, DOMAINS, normalizeDomains } from './row';

/**
 * Gives domains up. Survives the race with another release and with somebody who claims one: the rows are locked, a
 * domain that has a row can't be claimed, and only rows of this holder are deleted. Survives a frozen process, which
 * knows no more what the service uses, by its lease. Survives a spec that moves on meanwhile: leases are one an
 * environment, and what a run of an older spec would give up may be what a sibling has just claimed for the newer one.
 * That one's runs give up what is left.
 */
export async function releaseDomains(
  { db }: TransactionContext,
  organization: string,
  service: string,
  {
    keep = [],
    generation,
    lease,
  }: { keep?: string[]; generation?: number; lease?: Lease },
): Promise<string[]> {
  // Before the lease: who records a spec locks it before the queue as well.
  const movedOn =
    generation !== undefined &&
    (await isBeyond({ db, organization, service }, generation));
  await fence(db, lease);
  if (movedOn) return [];
  const query = db<DomainRow>(DOMAINS)
    .select('domain')
    .where({ organization, service })
    .whereNotIn('domain', normalizeDomains(keep))
    .orderBy('domain');
  if (isPostgres(db)) query.forUpdate();
  const released = (await query).map(row => row.domain);
  if (released.length === 0) return [];
  await db(DOMAINS)
    .where({ organization, service })
    .whereIn('domain', released)
    .delete();
  return released;
}

/** Whether a newer spec is recorded; if not, none is until the transaction ends. */
async function isBeyond(
  {
    db,
    organization,
    service,
  }: { db: Db; organization: string; service: string },
  generation: number,
): Promise<boolean> {
  const query = db<ResourceRow>(RESOURCES)
    .select('generation')
    .where({ kind: 'ServiceSpec', organization, name: service })
    .first();
  if (isPostgres(db)) query.forShare();
  const row = await query;
  return row !== undefined && row.generation > generation;
}
