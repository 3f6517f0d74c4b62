import { randomUUID } from 'node:crypto';
import type { AskedMove, ReleaseStore } from '../../../ports/ReleaseStore';
import type { DatabaseContext, TransactionContext } from '../../context';
import type { Db } from '../../dialect';
import { toJson } from '../../json';
import { readClock } from '../../time';
import { noteRelease } from './noteRelease';
import { type MoveRow, MOVES, toMove } from './row';

/**
 * Notes what a change request is to bring, before it is opened: one that is merged without being known here would not
 * be told from what somebody pushed. The last asking counts, as it does for the branch that both have.
 */
export async function proposeMove(
  context: TransactionContext,
  release: Parameters<ReleaseStore['propose']>[0],
  environment: string,
  origin: AskedMove['origin'],
): Promise<AskedMove> {
  const { db, clock } = context;
  const now = await readClock(db, clock);
  // What is gone back to is known or in Git's history; noted now it would be the newest of all.
  if (origin === 'promotion') await noteRelease(context, release, now);
  const row = {
    environment,
    origin,
    organization: release.organization,
    service: release.service,
    release: release.id,
    workloads: toJson(release.workloads),
    asked_at: now,
    actor: release.actor,
    git_name: release.gitAuthor.name,
    git_email: release.gitAuthor.email,
    serial: randomUUID(),
    change_id: null,
  };
  const { environment: _, ...columns } = row;
  const [written]: MoveRow[] = await db(MOVES)
    .insert(row)
    .onConflict(['environment'])
    .merge(Object.keys(columns))
    .returning('*');
  return toMove(written);
}

/** Its change request is open. Survives a newer asking: that one has another serial. */
export async function noteProposed(
  { db }: DatabaseContext,
  serials: string[],
  changeId: string,
): Promise<void> {
  await db(MOVES).whereIn('serial', serials).update({ change_id: changeId });
}

/** What a change request is to bring to an environment. */
export async function getMove(
  db: Db,
  environment: string,
): Promise<AskedMove | undefined> {
  const row: MoveRow | undefined = await db(MOVES)
    .where({ environment })
    .first();
  return row && toMove(row);
}

/** It is over. False when it was before, or another one has taken its place. */
export async function forgetMove(
  { db }: DatabaseContext,
  { environment, serial }: AskedMove,
): Promise<boolean> {
  return (await db(MOVES).where({ environment, serial }).delete()) > 0;
}
