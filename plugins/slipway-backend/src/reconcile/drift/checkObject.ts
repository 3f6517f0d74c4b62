import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ConflictError,
} from '@backstage/errors';
import { driftOf } from '../../domain/drift';
import { redact } from '../../domain/redact';
import { KindNotServedError } from '../../ports/ClusterErrors';
import type { ClusterClient } from '../../ports/Clusters';
import type { Answer, DesiredObject, DriftRun } from './DriftRun';

/**
 * Lays one object beside what an apply would make of it: one read and one dry run. Nothing is written. A cluster that
 * is away is thrown on; what it refuses to say is told as unknown.
 */
export async function checkObject(
  run: DriftRun,
  desired: DesiredObject,
): Promise<Answer> {
  const client = run.client(desired.cluster);
  const { object, applier, ref, part } = desired;
  try {
    const live = await client.get(ref);
    run.live.set(desired.key, live ?? null);
    if (!live || live.metadata.deletionTimestamp)
      return await missing(client, desired);
    const applied = await client.apply(object, {
      dryRun: true,
      force: true,
      fieldManager: applier,
    });
    const fields = driftOf({
      wanted: object,
      live,
      applied,
      applier,
      allowed: run.o.allowed,
      // What a team has written on a namespace of its own stays when it is adopted, and is nothing to take off.
    }).filter(({ why }) => why !== 'foreign' || !isTheirs(run, ref));
    return fields.length > 0
      ? { drift: { ...ref, missing: false, part, fields } }
      : {};
  } catch (error) {
    if (
      error instanceof KindNotServedError ||
      error instanceof NotAllowedError ||
      error instanceof InputError ||
      error instanceof NotFoundError ||
      error instanceof ConflictError
    ) {
      return { unknown: `${ref.kind} ${ref.name}: ${redact(error.message)}` };
    }
    throw error;
  }
}

function isTheirs(run: DriftRun, { kind }: DesiredObject['ref']): boolean {
  return kind === 'Namespace' && run.adopted;
}

/** An object that isn't there is missing, unless the cluster doesn't even know what it is. */
async function missing(
  client: ClusterClient,
  { ref, part }: DesiredObject,
): Promise<Answer> {
  const { kinds } = await client.capabilities();
  if (!kinds.has(`${ref.apiVersion}/${ref.kind}`))
    throw new KindNotServedError(client.info.name, ref);
  return {
    drift: {
      ...ref,
      missing: true,
      part,
      fields: [{ path: '', segments: [], why: 'missing' }],
    },
  };
}
