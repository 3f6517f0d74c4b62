import { untoldSyncs } from '../../domain/live/syncs';
import type { EnvironmentRun } from './EnvironmentRun';

/**
 * Tells the syncs that Argo CD has ended, from the history that it keeps: also those of the time when nobody watched,
 * each at the time when it happened. The last one is of the release that is worked on. Says whether there were any.
 */
export function tellSyncs(
  run: EnvironmentRun,
  release: string | undefined,
): boolean {
  const { application } = run.o.index.environment(run.key);
  if (!application) return false;
  const syncs = untoldSyncs(
    application,
    run.summary.synced,
    run.record.createdAt,
  );
  const last = syncs.at(-1);
  for (const sync of syncs) {
    const { id, revision, startedAt, finishedAt, by } = sync;
    run.tell({
      type: 'Synced',
      reason: 'Synced',
      title: by ? `Synced by Argo CD, asked by ${by}` : 'Synced by Argo CD',
      ...(revision && { commit: revision }),
      ...(release && sync === last && { revision: release }),
      data: {
        status: 'True',
        ...(startedAt && { startedAt }),
        ...(by && { initiatedBy: by }),
      },
      at: new Date(finishedAt),
      dedupeKey: `sync/${application.uid}/${id}`,
    });
  }
  return syncs.length > 0;
}
