import type { ReleaseRecord } from '../../../ports/ReleaseStore';
import type { Db } from '../../dialect';
import { RELEASES, ReleaseRow, toRelease } from './row';

/** Releases of a service, newest first. */
export async function listReleases(
  db: Db,
  organization: string,
  service: string,
  limit: number,
): Promise<ReleaseRecord[]> {
  const rows: ReleaseRow[] = await db(RELEASES)
    .where({ organization, service })
    .orderBy([
      { column: 'ordered_at', order: 'desc' },
      { column: 'at', order: 'desc' },
      'id',
    ])
    .limit(limit);
  return rows.map(toRelease);
}

/** One release of a service. */
export async function getRelease(
  db: Db,
  organization: string,
  service: string,
  id: string,
): Promise<ReleaseRecord | undefined> {
  const row: ReleaseRow | undefined = await db(RELEASES)
    .where({ organization, service, id })
    .first();
  return row && toRelease(row);
}
