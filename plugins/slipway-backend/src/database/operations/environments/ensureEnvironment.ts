import type { EnvironmentRecord } from '../../../ports/EnvironmentStore';
import type { Lease } from '../../../ports/WorkQueue';
import type { TransactionContext } from '../../context';
import { fence, lockEnvironment } from './lockEnvironment';
import { type EnvironmentRow, ENVIRONMENTS, toEnvironmentRecord } from './row';

/**
 * Makes sure that the environment is recorded. Survives a run that is repeated, and two at once: the key is primary,
 * the second insert does nothing, and both get the first one's row.
 */
export async function ensureEnvironment(
  { db, clock }: TransactionContext,
  environment: Pick<
    EnvironmentRecord,
    'organization' | 'service' | 'name' | 'class' | 'namespace' | 'phase'
  >,
  lease: Lease | undefined,
): Promise<EnvironmentRecord> {
  await fence(db, lease);
  const { organization, service, name, namespace, phase } = environment;
  const key = `${organization}/${service}/${name}`;
  const [inserted]: EnvironmentRow[] = await db(ENVIRONMENTS)
    .insert({
      key,
      organization,
      service,
      name,
      class: environment.class,
      namespace,
      phase,
      declared: true,
      created_at: clock.sql(db),
      updated_at: clock.sql(db),
      revision: 1,
    })
    .onConflict('key')
    .ignore()
    .returning('*');
  if (inserted) return toEnvironmentRecord(inserted);
  return toEnvironmentRecord(await lockEnvironment(db, key, undefined));
}
