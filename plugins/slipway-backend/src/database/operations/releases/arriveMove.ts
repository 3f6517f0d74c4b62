import { randomUUID } from 'node:crypto';
import type { AskedMove } from '../../../ports/ReleaseStore';
import type { TransactionContext } from '../../context';
import { isPostgres } from '../../dialect';
import { readClock, toDate } from '../../time';
import { forgetMove } from './askedMoves';
import { RELEASES, type ReleaseRow, WANTED, type WantedRow } from './row';

/**
 * Git says what a change request was to bring: now that is what the environment was asked for last. A rollback keeps
 * the place at which it was asked for, so that what was made since is still newer, and takes back what was on its way
 * before. A promotion leaves alone what is still to come.
 *
 * Survives a wish that comes in at the same moment: the rows are locked or, where there is none yet, the wish stays.
 * Survives being told twice: who finds the move gone has nothing to write.
 */
export async function arriveMove(
  context: TransactionContext,
  move: AskedMove,
  mark: (keys: string[]) => Promise<void>,
): Promise<boolean> {
  const { db, clock } = context;
  const { environment, origin, askedAt } = move;
  if (!(await forgetMove(context, move))) return false;
  const now = await readClock(db, clock);
  const query = db<WantedRow>(WANTED).where({ environment });
  if (isPostgres(db)) query.forUpdate();
  const standing = (await query) as WantedRow[];
  const isBack = origin === 'rollback';
  /** What is still to come, and comes after it. */
  const stays = ({ settled_at, ordered_at }: WantedRow) =>
    settled_at === null && (!isBack || toDate(ordered_at) > askedAt);
  const places = isBack ? undefined : await placeOf(context, move);
  for (const workload of move.workloads) {
    const before = standing.find(row => row.workload === workload.name);
    if (before && stays(before)) continue;
    // Gone back from something newer than the asking: that must not count as newer any more.
    const back = Math.max(
      askedAt.getTime(),
      ...(before && isBack ? [toDate(before.ordered_at).getTime() + 1] : []),
    );
    const columns = {
      organization: environment.split('/')[0],
      service: environment.split('/')[1],
      revision: workload.revision,
      digest: workload.digest ?? null,
      release: move.release,
      ordered_at: places?.orderedAt ?? new Date(back),
      told_at: places?.toldAt ?? new Date(back),
      asked_at: askedAt,
      actor: move.actor,
      git_name: move.gitAuthor.name,
      git_email: move.gitAuthor.email,
      origin,
      serial: randomUUID(),
      settled_at: now,
    };
    const row = { environment, workload: workload.name };
    if (before) await db(WANTED).where(row).update(columns);
    else
      await db(WANTED)
        .insert({ ...row, ...columns })
        .onConflict(['environment', 'workload'])
        .ignore();
  }
  const names = new Set(move.workloads.map(({ name }) => name));
  const withdrawn = standing.filter(
    row => isBack && row.settled_at === null && !stays(row),
  );
  await db(WANTED)
    .where({ environment, settled_at: null })
    .whereIn(
      'workload',
      withdrawn
        .map(({ workload }) => workload)
        .filter(workload => !names.has(workload)),
    )
    .update({ settled_at: now });
  if (withdrawn.length > 0) await mark([`environment:${environment}`]);
  return true;
}

/** Where a promoted release stands among the others, as it was noted when it was asked for. */
async function placeOf(
  { db }: TransactionContext,
  { environment, release }: AskedMove,
): Promise<{ orderedAt: Date; toldAt: Date } | undefined> {
  const [organization, service] = environment.split('/');
  const row: ReleaseRow | undefined = await db(RELEASES)
    .where({ organization, service, id: release })
    .first();
  return row && { orderedAt: toDate(row.ordered_at), toldAt: toDate(row.at) };
}
