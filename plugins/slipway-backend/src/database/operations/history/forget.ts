import type { Knex } from 'knex';
import type { Forgotten } from '../../../ports/HistoryStore';
import type { DatabaseContext } from '../../context';
import { ENVIRONMENTS } from '../environments/row';
import { PIPELINE_RUNS } from '../pipelines/row';

/** Rows of one statement, so that none holds its locks for long. */
const CHUNK = 1_000;

/**
 * Forgets what is over for so long.
 *
 * Survives replicas that do it at the same time: what one has deleted, the other doesn't find. Survives an environment
 * that is declared anew meanwhile: its row counts as old by what it says in the statement that deletes it. Files go
 * last, and only those of which no environment is left: one without its file would count as unreadable, and stay.
 */
export async function forget(
  { db, clock }: DatabaseContext,
  olderThanMs: number,
): Promise<Forgotten> {
  const before = clock.sql(db, -olderThanMs);
  const events = await inChunks(async () => {
    const ids: Array<number | string> = await db('timeline')
      .where('at', '<', before)
      .orderBy('id')
      .limit(CHUNK)
      .pluck('id');
    return ids.length > 0 ? db('timeline').whereIn('id', ids).delete() : 0;
  });
  const gone = () =>
    db(ENVIRONMENTS)
      .where({ phase: 'deleted', declared: false })
      .andWhere('updated_at', '<', before);
  const environments = await inChunks(async () => {
    const keys: string[] = await gone().limit(CHUNK).pluck('key');
    const removed =
      keys.length > 0 ? await gone().whereIn('key', keys).delete() : 0;
    await db('approvals')
      .whereIn('environment', keys)
      .whereNotIn('environment', db(ENVIRONMENTS).select('key'))
      .delete();
    return removed;
  });
  const resources = await db('resources')
    .where('deleted_at', '<', before)
    .whereNotExists(environmentsOf(db))
    .delete();
  const pipelines = await db(PIPELINE_RUNS)
    .where('seen_at', '<', before)
    .delete();
  return { events, environments, resources, pipelines };
}

/** What is left of what a file declared: a service's environments, or all of an organization. */
function environmentsOf(db: Knex | Knex.Transaction): Knex.QueryBuilder {
  const is = (column: string, of: string) =>
    db.raw('?? = ??', [`${ENVIRONMENTS}.${column}`, `resources.${of}`]);
  return db(ENVIRONMENTS)
    .select(db.raw('1'))
    .where(service =>
      service
        .where('resources.kind', 'ServiceSpec')
        .where(is('organization', 'organization'))
        .where(is('service', 'name')),
    )
    .orWhere(organization =>
      organization
        .where('resources.kind', 'Organization')
        .where(is('organization', 'name')),
    );
}

async function inChunks(work: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const done = await work();
    all += done;
    if (done < CHUNK) return all;
  }
}
