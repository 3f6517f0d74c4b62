import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ConflictError,
} from '@backstage/errors';
import { driftOf } from '../../domain/drift';
import { redact } from '../../domain/redact';
import { KindNotServedError } from '../../ports/ClusterErrors';
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
    const there = live && !live.metadata.deletionTimestamp;
    run.live.set(desired.key, live ?? null);
    const applied = await dryRun(run, desired, !there);
    if (!there || !applied) return { drift: missing(desired) };
    const fields = driftOf({
      wanted: object,
      live,
      applied,
      applier,
      allowed: run.o.allowed,
    });
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

/** For an object that is missing it only says whether its kind is served at all: its namespace may be missing, too. */
async function dryRun(
  run: DriftRun,
  { object, applier, cluster }: DesiredObject,
  isMissing: boolean,
) {
  try {
    return await run
      .client(cluster)
      .apply(object, { dryRun: true, force: true, fieldManager: applier });
  } catch (error) {
    const gone =
      isMissing &&
      !(error instanceof KindNotServedError) &&
      (error instanceof NotFoundError || error instanceof ConflictError);
    if (gone) return undefined;
    throw error;
  }
}

function missing({ ref, part }: DesiredObject): NonNullable<Answer['drift']> {
  return {
    ...ref,
    missing: true,
    part,
    fields: [{ path: '', segments: [], why: 'missing' }],
  };
}
