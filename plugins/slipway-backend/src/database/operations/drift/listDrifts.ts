import type { DriftGlance, DriftRecord } from '../../../ports/DriftStore';
import type { Db } from '../../dialect';
import {
  DriftRow,
  DRIFTS,
  GLANCE_COLUMNS,
  GlanceRow,
  toDriftRecord,
  toGlance,
} from './row';

/** Names a statement may hold: SQLite takes no more. */
const CHUNK = 500;

/** Reads one environment's drift: one statement, so state and fields belong together. */
export async function getDrift(
  db: Db,
  environment: string,
): Promise<DriftRecord | undefined> {
  const row: DriftRow | undefined = await db(DRIFTS)
    .where({ environment })
    .first();
  return row && toDriftRecord(row);
}

/** Reads the drift of many at a glance; each row is as it was at one moment. */
export async function listDrifts(
  db: Db,
  environments: string[] | undefined,
): Promise<DriftGlance[]> {
  if (!environments || environments.length > CHUNK) {
    const rows: GlanceRow[] = await db(DRIFTS).select(GLANCE_COLUMNS);
    const wanted = environments && new Set(environments);
    return rows
      .filter(({ environment }) => !wanted || wanted.has(environment))
      .map(toGlance);
  }
  const rows: GlanceRow[] = await db(DRIFTS)
    .select(GLANCE_COLUMNS)
    .whereIn('environment', environments);
  return rows.map(toGlance);
}
