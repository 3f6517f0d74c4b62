import { ConflictError, NotFoundError } from '@backstage/errors';
import type { DatabaseContext } from '../../context';
import { CHANGE_INTENTS, ChangeIntentRow } from './row';

/**
 * Notes which change the host opened. Survives being repeated after a stop: the same change is fine, and one that is
 * noted already is never replaced by another.
 */
export async function attachChange(
  { db, clock }: DatabaseContext,
  id: string,
  changeId: string,
): Promise<void> {
  const attached = await db(CHANGE_INTENTS)
    .where({ id })
    .andWhere(same =>
      same.whereNull('change_id').orWhere({ change_id: changeId }),
    )
    .update({ change_id: changeId, updated_at: clock.sql(db) });
  if (attached > 0) return;
  const other: ChangeIntentRow | undefined = await db(CHANGE_INTENTS)
    .where({ id })
    .first();
  if (!other) throw new NotFoundError(`There is no change intent ${id}.`);
  throw new ConflictError(
    `Change intent ${id} belongs to change ${other.change_id} already, not to ${changeId}.`,
  );
}
