import type { HostedChange } from '@slipway/plugin-slipway-node';
import type { DatabaseContext } from '../../context';
import { ChangeRow, CHANGES } from './row';

/** What may change about an open change. */
export type ChangePatch = Partial<
  Pick<
    HostedChange,
    | 'title'
    | 'description'
    | 'baseCommit'
    | 'headCommit'
    | 'state'
    | 'mergeCommit'
  >
>;

/**
 * Writes an open change. Survives a merge, a close and an update at once: head and state are compared in the one
 * statement that writes, so one of them wins and the others are told.
 */
export async function updateChange(
  { db, clock }: DatabaseContext,
  id: string,
  expected: { headCommit: string },
  patch: ChangePatch,
): Promise<boolean> {
  const columns: Partial<ChangeRow> = {
    title: patch.title,
    description: patch.description,
    base_commit: patch.baseCommit,
    head_commit: patch.headCommit,
    state: patch.state,
    merge_commit: patch.mergeCommit,
  };
  const given = Object.entries(columns).filter(
    ([, value]) => value !== undefined,
  );
  const updated = await db(CHANGES)
    .where({ id, head_commit: expected.headCommit, state: 'open' })
    .update({ ...Object.fromEntries(given), updated_at: clock.sql(db) });
  return updated > 0;
}
