import { randomUUID } from 'node:crypto';
import type {
  ReleaseRecord,
  RefusedWish,
  ReleaseStore,
  Wish,
} from '../../../ports/ReleaseStore';
import type { Transaction } from '../../../ports/Transaction';
import type { TransactionContext } from '../../context';
import { toJson } from '../../json';
import { readClock, toDate } from '../../time';
import { recordEvents } from '../timeline/recordEvents';
import {
  RELEASES,
  ReleaseRow,
  toRelease,
  toWanted,
  WANTED,
  WantedRow,
} from './row';

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
  { origin, force = false, events }: Asked[2],
  mark: (keys: string[], trx: Transaction) => Promise<void>,
): Promise<Awaited<ReturnType<ReleaseStore['ask']>>> {
  const { db, clock } = context;
  const now = await readClock(db, clock);
  const noted = await note(context, release, now);
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
  if (events) await recordEvents(context, events(noted, accepted));
  const keys = accepted.map(({ environment }) => `environment:${environment}`);
  if (keys.length > 0) await mark(keys, db);
  return { release: noted, accepted, refused };
}

async function note(
  { db }: TransactionContext,
  release: Asked[0],
  now: Date,
): Promise<ReleaseRecord> {
  const { organization, service, id, workloads, gitAuthor, createdAt } =
    release;
  const [{ revision }] = workloads;
  const [earlier]: ReleaseRow[] = await db(RELEASES)
    .where({ organization, service, revision })
    .orderBy('ordered_at')
    .limit(1);
  // A commit keeps its place, whatever is told of it later; a clock that is ahead must not block what comes after it.
  const told = createdAt && createdAt < now ? createdAt : now;
  const orderedAt = earlier ? toDate(earlier.ordered_at) : told;
  const [created]: ReleaseRow[] = await db(RELEASES)
    .insert({
      organization,
      service,
      id,
      workloads: toJson(workloads),
      revision,
      actor: release.actor,
      git_name: gitAuthor.name,
      git_email: gitAuthor.email,
      at: now,
      ordered_at: orderedAt,
      branch: release.branch ?? null,
      repository: release.repository ?? null,
      url: release.url ?? null,
      message: release.message ?? null,
      promoted_from: release.promotedFrom ?? null,
    })
    .onConflict(['organization', 'service', 'id'])
    .ignore()
    .returning('*');
  const row: ReleaseRow =
    created ??
    (await db(RELEASES).where({ organization, service, id }).first());
  return toRelease(row);
}

/** Writes the wish where it is newer; else answers with what stands in its place. */
async function want(
  { db }: TransactionContext,
  noted: ReleaseRecord,
  { environment, workload }: Wish,
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
               and excluded.release <> ${WANTED}.release)`,
    )
    .returning('serial');
  if (written.length > 0) return undefined;
  return db(WANTED).where({ environment, workload: workload.name }).first();
}

function keyOf({ environment, workload }: Wish): string {
  return `${environment} ${workload.name}`;
}
