import {
  type Condition,
  type ConditionType,
  REASONS,
  ROAD,
} from '@slipway/plugin-slipway-common';
import type {
  EnvironmentRecord,
  TransitionCause,
} from '../../../ports/EnvironmentStore';
import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { fromJson } from '../../json';
import { readClock } from '../../time';
import { recordEvents } from '../timeline/recordEvents';
import { lockEnvironment } from './lockEnvironment';
import {
  changedColumns,
  EnvironmentRow,
  ENVIRONMENTS,
  toEnvironmentRecord,
} from './row';

type NewCondition = Omit<Condition, 'lastTransitionTime'>;

const ORDER: readonly ConditionType[] = [...ROAD, 'Drifted'];

/**
 * Sets conditions and tells their transitions in the timeline, as one.
 *
 * Survives two writers of different conditions: each reads the others under the lock and leaves them. Survives a step
 * that is repeated: a condition that is there already is no transition, so nothing is told twice. Survives a frozen
 * process by its lease.
 */
export async function recordTransition(
  { db, clock }: TransactionContext,
  key: string,
  conditions: NewCondition[],
  cause: TransitionCause,
  lease: Lease | undefined,
): Promise<{ environment: EnvironmentRecord; changed: Condition[] }> {
  const row = await lockEnvironment(db, key, lease);
  const now = await readClock(db, clock);
  const { merged, changed } = mergeConditions(
    fromJson<Condition[]>(row.conditions),
    conditions,
    now,
  );
  const columns = changedColumns(row, { conditions: merged });
  if (Object.keys(columns).length === 0)
    return { environment: toEnvironmentRecord(row), changed: [] };

  const revision = row.revision + 1;
  const [saved]: EnvironmentRow[] = await db(ENVIRONMENTS)
    .where({ key })
    .update({ ...columns, revision, updated_at: now })
    .returning('*');
  await recordEvents(
    { db, clock },
    changed.map(condition => ({
      subject: `environment:${key}`,
      at: now,
      type: condition.type,
      reason: condition.reason,
      title: titleOf(condition),
      data: { status: condition.status, message: condition.message },
      // The lock makes each revision one write, so this names the transition.
      dedupeKey: `condition/${condition.type}/${revision}`,
      ...cause,
    })),
  );
  return { environment: toEnvironmentRecord(saved), changed };
}

/** Conditions in the order of the road, each with the time of its last change of status. */
function mergeConditions(
  before: Condition[],
  wanted: NewCondition[],
  now: Date,
): { merged: Condition[]; changed: Condition[] } {
  const byType = new Map(before.map(condition => [condition.type, condition]));
  const changed: Condition[] = [];
  for (const condition of wanted) {
    const old = byType.get(condition.type);
    const lastTransitionTime =
      old?.status === condition.status
        ? old.lastTransitionTime
        : now.toISOString();
    const next = { ...condition, lastTransitionTime };
    if (old?.status !== next.status || old?.reason !== next.reason)
      changed.push(next);
    byType.set(next.type, next);
  }
  const merged = [...byType.values()].sort(
    (a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type),
  );
  return { merged, changed };
}

function titleOf(condition: Condition): string {
  const reason = Object.entries(REASONS).find(
    ([name]) => name === condition.reason,
  );
  return reason ? reason[1].title : condition.reason;
}
