import type { TransactionContext } from '../../context';
import { SIGNATURES } from './row';

/**
 * Remembers a signature until it is too old to be taken anyway. Survives the same request at two replicas at once: the
 * primary key lets one of them in.
 */
export async function rememberSignature(
  { db, clock }: TransactionContext,
  digest: string,
  keepMs: number,
): Promise<boolean> {
  await db(SIGNATURES).where('forget_at', '<', clock.sql(db)).delete();
  const created: unknown[] = await db(SIGNATURES)
    .insert({ digest, forget_at: clock.sql(db, keepMs) })
    .onConflict('digest')
    .ignore()
    .returning('digest');
  return created.length > 0;
}
