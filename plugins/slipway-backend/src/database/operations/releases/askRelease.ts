import { randomUUID } from 'node:crypto';
import type {
  ReleaseRecord,
  RefusedWish,
  ReleaseStore,
  Wish,
} from '../../../ports/ReleaseStore';
import type { Transaction } from '../../../ports/Transaction';
import type { TransactionContext } from '../../context';
import { readClock } from '../../time';
import { recordEvents } from '../timeline/recordEvents';
import { noteRelease } from './noteRelease';
import { MOVES, toWanted, WANTED, WantedRow } from './row';

type Asked = Parameters<ReleaseStore['ask']>;

/**
 * Notes a release and asks environments for it.
 *
 * Survives two deliveries of one report, at once or days apart: the primary key lets the first one in, and the second
 * takes the first one's place in the order. Survives two reports that race for one workload, in whichever order their
 * transactions end: the row itself compares, under its lock, so the newer one stands. Rows are taken in the order of
 * their keys, so that two that want several don't wait for each other.
 */
export async function askRelease(
  context: TransactionContext,
  release: Asked[0],
  wishes: Wish[],
  { origin, force = false, alone = false, events }: Asked[2],
  mark: (keys: string[], trx: Transaction) => Promise<void>,
): Promise<Awaited<ReturnType<ReleaseStore['ask']>>> {
  const { db, clock } = context;
  const now = await readClock(db, clock);
  const noted = await noteRelease(context, release, now);
  const accepted: Wish[] = [];
  const refused: RefusedWish[] = [];
  const sorted = [...wishes].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const wish of sorted) {
    const stands = await want(context, noted, wish, {
      origin,
      force,
      now,
      release,
    });
    if (stands === undefined) accepted.push(wish);
    else refused.push({ ...wish, stands: toWanted(stands) });
  }
  const environments = [...new Set(accepted.map(wish => wish.environment))];
  if (alone) {
    for (const environment of environments)
      await withdrawOthers(context, environment, accepted);
  }
  if (events) await recordEvents(context, events(noted, accepted));
  const keys = environments.map(environment => `environment:${environment}`);
  if (keys.length > 0) await mark(keys, db);
  return { release: noted, accepted, refused };
}

/** Writes the wish where it is newer; else answers with what stands in its place. */
async function want(
  { db }: TransactionContext,
  noted: ReleaseRecord,
  { environment, workload, lost }: Wish,
  by: {
    origin: Asked[2]['origin'];
    force: boolean;
    now: Date;
    release: Asked[0];
  },
): Promise<WantedRow | undefined> {
  const { organization, service, id } = noted;
  const row = {
    environment,
    workload: workload.name,
    organization,
    service,
    revision: workload.revision,
    digest: workload.digest ?? null,
    release: id,
    ordered_at: by.force ? by.now : noted.orderedAt,
    told_at: by.force ? by.now : noted.at,
    asked_at: by.now,
    actor: by.release.actor,
    git_name: by.release.gitAuthor.name,
    git_email: by.release.gitAuthor.email,
    origin: by.origin,
    serial: randomUUID(),
    settled_at: null,
  };
  const { environment: _, workload: __, ...columns } = row;
  const written: unknown[] = await db(WANTED)
    .insert(row)
    .onConflict(['environment', 'workload'])
    .merge(Object.keys(columns))
    .whereRaw(
      by.force
        ? '1 = 1'
        : `(excluded.ordered_at, excluded.told_at) > (${WANTED}.ordered_at, ${WANTED}.told_at)
           or (excluded.ordered_at = ${WANTED}.ordered_at and excluded.told_at = ${WANTED}.told_at
               and excluded.release <> ${WANTED}.release)
           or (${WANTED}.serial = ? and ${WANTED}.settled_at is not null)`,
      by.force ? [] : [lost ?? ''],
    )
    .returning('serial');
  if (written.length > 0) return undefined;
  return db(WANTED).where({ environment, workload: workload.name }).first();
}

/** Nothing else that was on its way comes after it, by itself or by a change request. */
async function withdrawOthers(
  { db, clock }: TransactionContext,
  environment: string,
  accepted: Wish[],
): Promise<void> {
  await db(WANTED)
    .where({ environment, settled_at: null })
    .whereNotIn(
      'workload',
      accepted
        .filter(wish => wish.environment === environment)
        .map(({ workload }) => workload.name),
    )
    .update({ settled_at: clock.sql(db) });
  await db(MOVES).where({ environment }).delete();
}

function keyOf({ environment, workload }: Wish): string {
  return `${environment} ${workload.name}`;
}
