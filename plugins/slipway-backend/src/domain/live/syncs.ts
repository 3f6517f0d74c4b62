/** A sync that Argo CD has ended, from the history that its Application keeps. */
export interface LiveSync {
  /** Grows with each sync of an Application. */
  id: number;
  /** Commit of the GitOps repository. */
  revision?: string;
  startedAt?: string;
  finishedAt: string;
  /** Who asked Argo CD for it; absent when it acted by itself. */
  by?: string;
}

/** So many are kept in memory: what happened while nobody watched, and no archive. */
const KEPT = 5;

/** The last syncs, oldest first. */
export function syncsOf(history: unknown): LiveSync[] {
  if (!Array.isArray(history)) return [];
  return history.slice(-KEPT).flatMap((entry): LiveSync[] => {
    const { id, revision, deployStartedAt, deployedAt, initiatedBy } = (entry ??
      {}) as {
      id?: unknown;
      revision?: unknown;
      deployStartedAt?: unknown;
      deployedAt?: unknown;
      initiatedBy?: { username?: unknown; automated?: unknown };
    };
    if (typeof deployedAt !== 'string') return [];
    const by = initiatedBy?.username;
    return [
      {
        // Go leaves a zero away.
        id: typeof id === 'number' ? id : 0,
        ...(typeof revision === 'string' && revision && { revision }),
        ...(typeof deployStartedAt === 'string' && {
          startedAt: deployStartedAt,
        }),
        finishedAt: deployedAt,
        ...(typeof by === 'string' && by && { by }),
      },
    ];
  });
}

/** Which of them nobody has told yet; those from before `since` are of a former life of the environment. */
export function untoldSyncs(
  application: { uid: string; syncs: LiveSync[] },
  told: { uid: string; id: number } | undefined,
  since: Date,
): LiveSync[] {
  return application.syncs.filter(
    ({ id, finishedAt }) =>
      (told?.uid !== application.uid || id > told.id) &&
      Date.parse(finishedAt) >= since.getTime(),
  );
}
