import type { ReleaseRecord, ReleaseStore } from '../../../ports/ReleaseStore';
import type { TransactionContext } from '../../context';
import { toJson } from '../../json';
import { toDate } from '../../time';
import { RELEASES, type ReleaseRow, toRelease } from './row';

type Asked = Parameters<ReleaseStore['ask']>[0];

/**
 * Writes down a release, or finds the one that is there. Survives the same one twice at once: the primary key lets the
 * first one in, and both answer with it.
 */
export async function noteRelease(
  { db }: TransactionContext,
  release: Asked,
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
