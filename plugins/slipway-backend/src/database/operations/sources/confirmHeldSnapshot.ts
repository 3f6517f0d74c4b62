import type { TransactionContext } from '../../context';
import { readClock } from '../../time';
import { lockSource } from './lockSource';
import { fromHeld, SOURCES, toHeld } from './row';

/**
 * Notes that somebody agreed to what would vanish. Survives the race with a newer snapshot that was held meanwhile:
 * the commit that the person looked at must still be the held one.
 */
export async function confirmHeldSnapshot(
  { db, clock }: TransactionContext,
  id: string,
  commit: string,
  by: string,
): Promise<boolean> {
  const held = fromHeld((await lockSource(db, id)).held);
  if (held?.commit !== commit) return false;
  const at = await readClock(db, clock);
  await db(SOURCES)
    .where({ id })
    .update({
      held: toHeld({ ...held, confirmed: { by, at } }),
      updated_at: at,
    });
  return true;
}
