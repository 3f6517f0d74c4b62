import { randomUUID } from 'node:crypto';
import type { PutBackRequest } from '../../../ports/DriftStore';
import type { DatabaseContext } from '../../context';
import type { Db } from '../../dialect';
import { toOptionalJson } from '../../json';
import { DRIFT_REQUESTS, DriftRequestRow, toRequest } from './row';

/** Notes what somebody asked for. Asked twice is noted twice: putting back what is back changes nothing. */
export async function askPutBack(
  { db, clock }: DatabaseContext,
  request: Omit<PutBackRequest, 'id' | 'at'>,
): Promise<PutBackRequest> {
  const [row]: DriftRequestRow[] = await db(DRIFT_REQUESTS)
    .insert({
      id: randomUUID(),
      environment: request.environment,
      actor: request.actor,
      objects: toOptionalJson(request.objects),
      at: clock.sql(db),
    })
    .returning('*');
  return toRequest(row);
}

/** What is still to be done, oldest first. */
export async function listPutBacks(
  db: Db,
  environment: string,
): Promise<PutBackRequest[]> {
  const rows: DriftRequestRow[] = await db(DRIFT_REQUESTS)
    .where({ environment })
    .orderBy(['at', 'id']);
  return rows.map(toRequest);
}
