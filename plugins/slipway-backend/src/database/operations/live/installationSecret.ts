import { randomBytes } from 'node:crypto';
import type { DatabaseContext } from '../../context';

/**
 * The secret of this name; made when it isn't there.
 *
 * Survives replicas that start at the same time: the first insert stays, and all read that one.
 */
export async function installationSecret(
  { db, clock }: DatabaseContext,
  name: string,
): Promise<string> {
  const read = () =>
    db('installation_secrets')
      .where({ name })
      .first<{ value: string }>('value');
  const known = await read();
  if (known) return known.value;
  await db('installation_secrets')
    .insert({
      name,
      value: randomBytes(32).toString('base64url'),
      created_at: clock.sql(db),
    })
    .onConflict('name')
    .ignore();
  return (await read())!.value;
}
