import type { Db } from '../../dialect';
import { DRIFTS } from './row';

/**
 * Forgets what the objects were checked against. A look that is under way writes its own checks over it; what it found
 * is as new as what was asked for.
 */
export async function expireDrift(db: Db, environment: string): Promise<void> {
  await db(DRIFTS).where({ environment }).update({ checks: '{}' });
}
