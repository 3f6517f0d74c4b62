import { randomUUID } from 'node:crypto';
import type { PlanSummary } from '@slipway/plugin-slipway-common';
import type { ChangeIntent, Skeleton } from '../../../ports/ChangeIntentStore';
import type { DatabaseContext } from '../../context';
import { toOptionalJson } from '../../json';
import { CHANGE_INTENTS, ChangeIntentRow, toChangeIntent } from './row';

/**
 * Notes what is about to be opened, or what an open change is about now.
 *
 * Survives a stop between the note and the opening: the same branch finds its pending intent again, and the unique
 * index over pending branches lets two callers at once write the same one. What the caller doesn't give stays, so
 * that an update of the files doesn't lose the skeleton.
 */
export async function recordIntent(
  { db, clock }: DatabaseContext,
  intent: {
    repositoryUrl: string;
    branch: string;
    skeleton?: Skeleton;
    plan?: PlanSummary;
  },
): Promise<ChangeIntent> {
  const [row]: ChangeIntentRow[] = await db(CHANGE_INTENTS)
    .insert({
      id: randomUUID(),
      repository_url: intent.repositoryUrl,
      branch: intent.branch,
      state: 'pending',
      skeleton: toOptionalJson(intent.skeleton),
      plan: toOptionalJson(intent.plan),
      created_at: clock.sql(db),
      updated_at: clock.sql(db),
    })
    .onConflict(db.raw(`(repository_url, branch) where state = 'pending'`))
    .merge({
      skeleton: db.raw('coalesce(excluded.skeleton, change_intents.skeleton)'),
      plan: db.raw('coalesce(excluded.plan, change_intents.plan)'),
      updated_at: db.raw('excluded.updated_at'),
    })
    .returning('*');
  return toChangeIntent(row);
}
