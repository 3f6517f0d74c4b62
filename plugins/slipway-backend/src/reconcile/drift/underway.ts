import { checkObject } from './checkObject';
import { readPart } from './desired';
import type { Answer, DesiredObject, DriftRun, Underway } from './DriftRun';

/**
 * Takes back a finding where the object is as a newer commit wants it, which was applied in part. Whoever went that
 * far was Slipway or Argo CD; what was agreed is either, until one of them has come to its end.
 */
export async function unlessUnderway(
  run: DriftRun,
  desired: DesiredObject,
  found: Answer,
): Promise<Answer> {
  if (!found.drift) return found;
  run.underway ??= await readUnderway(run);
  const newer = run.underway[desired.part];
  if (!newer) return found;
  const next = newer.get(desired.key);
  if (!next) return found.drift.missing ? { underway: true } : found;
  const other = await checkObject(run, next);
  return other.drift ? found : { ...other, underway: true };
}

async function readUnderway(run: DriftRun): Promise<Underway> {
  const { applied } = run.summary;
  const { commit } = run.record;
  const { synced, begun } = run.sync;
  const read = async (from: string, part: DesiredObject['part']) =>
    new Map(
      (await readPart(run, from, part)).map(object => [object.key, object]),
    );
  return {
    ...(applied &&
      commit &&
      applied.commit !== commit && {
        platform: await read(commit, 'platform'),
      }),
    ...(synced && begun && { workload: await read(begun, 'workload') }),
  };
}
