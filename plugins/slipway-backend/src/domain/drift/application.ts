import type { KubernetesObject } from '../../ports/Clusters';

/** What of an Application matters for drift. */
export interface SyncState {
  /** The commit that was synced last; absent while nothing was. */
  synced?: string;
  /** The commit of a sync after it that failed, still runs or was of some objects only: some of it may be there. */
  begun?: string;
  /** Since when an operation runs, or is asked for. */
  running?: { since?: Date };
  /** Who asked for the last operation: a person's name, or Argo CD by itself. */
  initiatedBy?: { automated: boolean; username?: string };
  finishedAt?: Date;
}

interface Operation {
  initiatedBy?: { username?: string; automated?: boolean };
}

interface Status {
  history?: Array<{ revision?: string }>;
  operationState?: {
    phase?: string;
    startedAt?: string;
    finishedAt?: string;
    operation?: Operation;
    syncResult?: { revision?: string };
  };
}

/** Reads what Argo CD has done last, from an Application as it is. */
export function syncStateOf(application: KubernetesObject): SyncState {
  const { history = [], operationState } = (application.status ?? {}) as Status;
  const asked = application.operation as Operation | undefined;
  const running =
    operationState?.phase === 'Running' ||
    operationState?.phase === 'Terminating';
  const synced =
    history.at(-1)?.revision ??
    (operationState?.phase === 'Succeeded'
      ? operationState.syncResult?.revision
      : undefined);
  const begun = operationState?.syncResult?.revision;
  const by = operationState?.operation?.initiatedBy;
  return {
    ...(synced && { synced }),
    ...(begun && begun !== synced && { begun }),
    ...((running || asked) && {
      running: running ? { since: date(operationState?.startedAt) } : {},
    }),
    ...(by && {
      initiatedBy: {
        automated: by.automated === true,
        ...(by.username && { username: by.username }),
      },
    }),
    ...(operationState?.finishedAt && {
      finishedAt: date(operationState.finishedAt),
    }),
  };
}

function date(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
