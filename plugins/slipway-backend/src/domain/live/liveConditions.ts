import type { BuildGate } from '@slipway/plugin-slipway-common';
import type { ConditionDraft } from '../environment/decision';
import type { LiveEvent } from './events';
import type {
  LiveApplication,
  LiveEnvironment,
  LiveObject,
  SourceAge,
} from './types';

/** The two stations that the cluster speaks for. */
export interface LiveState {
  synced: ConditionDraft;
  healthy: ConditionDraft;
}

/** What is expected to run, beside what does. */
export interface LiveExpectation {
  /** The environment's cluster, and the one with its Application. */
  cluster: string;
  argocdCluster: string;
  /** The commit of the GitOps repository that counts. */
  commit?: string;
  /** When it was written, and which comparison of Argo CD's had been seen by then. */
  committed?: { at: string; comparedAt?: string };
  gates: BuildGate[];
  now: Date;
  /** How old Argo CD's last comparison may be before it says nothing about now; absent where its age says nothing. */
  silentAfterMs?: number;
}

/** Computes the stations Synced and Healthy from what the watches know. Pure, and cheap enough for every read. */
export function liveConditions(
  live: LiveEnvironment,
  expected: LiveExpectation,
): LiveState {
  const argocd = sourceOf(live.sources, expected.argocdCluster);
  const workloads = sourceOf(live.sources, expected.cluster);
  return {
    synced: synced(live.application, argocd, expected),
    healthy: healthy(live, argocd, workloads, expected),
  };
}

function synced(
  application: LiveApplication | undefined,
  source: SourceAge | undefined,
  { commit, committed, now, silentAfterMs }: LiveExpectation,
): ConditionDraft {
  const type = 'Synced';
  if (source?.state === 'unreachable') {
    const last =
      application &&
      `last known: ${application.sync}${at(application.revision)}`;
    return unreachable(type, source, last);
  }
  if (!application) {
    return source?.asOf === undefined
      ? {
          type,
          status: 'Unknown',
          reason: 'StatusUnknown',
          message: 'The clusters have not answered yet.',
        }
      : {
          type,
          status: 'False',
          reason: 'AwaitingArgoCD',
          message: 'The Application is not there yet.',
        };
  }
  const { operation, revision, errors, reconciledAt } = application;
  // What keeps Argo CD from comparing, it says itself.
  if (errors.length > 0 && operation?.phase !== 'Running')
    return { type, status: 'False', reason: 'SyncFailed', message: errors[0] };
  const compared = silence(application, now, silentAfterMs);
  if (compared !== undefined) {
    return {
      type,
      status: 'Unknown',
      reason: 'ArgoCDSilent',
      message: `Argo CD has not compared it since ${compared}; last known: ${application.sync}${at(revision)}.`,
    };
  }
  if (operation?.phase === 'Running') {
    return {
      type,
      status: 'False',
      reason: 'Syncing',
      message: operation.message ?? `Syncing${at(revision)}.`,
    };
  }
  const failed = operation?.phase === 'Failed' || operation?.phase === 'Error';
  if (failed && application.sync !== 'Synced') {
    const resource = application.troubled.find(
      ({ message, sync }) => message && sync !== 'Synced',
    );
    const message =
      operation.message ??
      (resource && `${resource.kind} ${resource.name}: ${resource.message}`);
    return {
      type,
      status: 'False',
      reason: 'SyncFailed',
      message: message ?? 'The last sync failed.',
    };
  }
  if (application.sync === 'Unknown') {
    return {
      type,
      status: 'False',
      reason: 'AwaitingArgoCD',
      message: 'Argo CD has not compared it yet.',
    };
  }
  // The branch is shared: Argo CD may stand at a later commit than ours, which is as good. Only a comparison from
  // before our commit says nothing about it; that the same one still counts holds by whichever clock.
  const old =
    commit !== undefined &&
    revision !== commit &&
    committed !== undefined &&
    (isBefore(reconciledAt, inSeconds(committed.at)) ||
      (reconciledAt !== undefined && reconciledAt === committed.comparedAt));
  if (old) {
    return {
      type,
      status: 'False',
      reason: 'AwaitingArgoCD',
      message: `Argo CD has not seen commit ${short(commit)} yet.`,
    };
  }
  if (application.sync === 'OutOfSync') {
    const resources = application.troubled.filter(
      ({ sync }) => sync === 'OutOfSync',
    );
    const which = resources
      .slice(0, 3)
      .map(({ kind, name }) => `${kind} ${name}`);
    const more =
      resources.length > 3 ? ` and ${resources.length - 3} more` : '';
    return {
      type,
      status: 'False',
      reason: isLeftAsChanged(application, committed?.at)
        ? 'ChangedInCluster'
        : 'OutOfSync',
      message:
        which.length > 0
          ? `Differs: ${which.join(', ')}${more}.`
          : `Differs from${at(revision)}.`,
    };
  }
  return {
    type,
    status: 'True',
    reason: 'Synced',
    message: revision ? `At commit ${short(revision)}.` : 'Synced.',
  };
}

/** When Argo CD will have been silent for too long, should it say nothing until then; undefined when that can't be told. */
export function silentInMs(
  application: LiveApplication | undefined,
  { now, silentAfterMs }: Pick<LiveExpectation, 'now' | 'silentAfterMs'>,
): number | undefined {
  if (application?.reconciledAt === undefined || silentAfterMs === undefined)
    return undefined;
  const age = now.getTime() - Date.parse(application.reconciledAt);
  return age > silentAfterMs ? undefined : silentAfterMs - age;
}

/** Since when Argo CD has been silent; undefined when it isn't, and before it has compared for the first time. */
function silence(
  { reconciledAt }: LiveApplication,
  now: Date,
  silentAfterMs: number | undefined,
): string | undefined {
  if (silentAfterMs === undefined || reconciledAt === undefined)
    return undefined;
  const age = now.getTime() - Date.parse(reconciledAt);
  return age > silentAfterMs ? reconciledAt : undefined;
}

/**
 * What we wrote was synced, what differs came afterwards, and nothing will undo it. Commits can't be compared: the branch
 * is shared, so Argo CD may stand at a later one that it had no reason to sync.
 */
function isLeftAsChanged(
  { selfHeals, syncs }: LiveApplication,
  committedAt: string | undefined,
): boolean {
  return (
    !selfHeals &&
    committedAt !== undefined &&
    syncs.length > 0 &&
    !isBefore(syncs.at(-1)!.finishedAt, inSeconds(committedAt))
  );
}

function healthy(
  live: LiveEnvironment,
  argocd: SourceAge | undefined,
  workloads: SourceAge | undefined,
  { gates }: LiveExpectation,
): ConditionDraft {
  const type = 'Healthy';
  const { application, objects } = live;
  const away = [workloads, argocd].find(
    source => source?.state === 'unreachable',
  );
  if (away)
    return unreachable(
      type,
      away,
      application && `last known: ${application.health}`,
    );
  if (!application)
    return {
      type,
      status: 'Unknown',
      reason: 'StatusUnknown',
      message: 'Nothing runs yet.',
    };

  const degraded = worst(objects, 'Degraded');
  if (degraded)
    return { type, status: 'False', reason: 'Degraded', message: degraded };
  if (application.health === 'Degraded') {
    const troubled = application.troubled.find(
      ({ health }) => health === 'Degraded',
    );
    const message =
      troubled &&
      `${troubled.kind} ${troubled.name}: ${troubled.message ?? 'degraded'}`;
    return {
      type,
      status: 'False',
      reason: 'Degraded',
      message:
        message ?? application.healthMessage ?? 'Argo CD calls it degraded.',
    };
  }
  const progressing = worst(objects, 'Progressing', live.events);
  if (progressing || application.health === 'Progressing') {
    return {
      type,
      status: 'False',
      reason: 'Progressing',
      message: progressing ?? application.healthMessage ?? 'Being rolled out.',
    };
  }
  const closed = gates
    .filter(({ open }) => !open)
    .map(({ workload }) => workload);
  if (closed.length > 0) {
    return {
      type,
      status: 'False',
      reason: 'BuildGateClosed',
      message: `${closed.join(', ')} ${closed.length === 1 ? 'has' : 'have'} no image yet.`,
    };
  }
  switch (application.health) {
    case 'Suspended':
      return {
        type,
        status: 'False',
        reason: 'Suspended',
        message:
          worst(objects, 'Suspended') ??
          application.healthMessage ??
          'Argo CD calls it suspended.',
      };
    case 'Missing':
      return {
        type,
        status: 'False',
        reason: 'Progressing',
        message: 'Its objects are not there yet.',
      };
    case 'Unknown':
      return {
        type,
        status: 'Unknown',
        reason: 'StatusUnknown',
        message: 'Argo CD does not know its health yet.',
      };
    default:
      return {
        type,
        status: 'True',
        reason: 'Healthy',
        message: `${objects.length} object${objects.length === 1 ? '' : 's'} healthy.`,
      };
  }
}

/** Pods say best what is wrong; what made them only says that something is. */
const SPEAKS_FIRST = [
  'Pod',
  'PersistentVolumeClaim',
  'Job',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
];

function worst(
  objects: LiveObject[],
  health: LiveObject['health'],
  events: LiveEvent[] = [],
): string | undefined {
  const found = objects.filter(
    object => object.health === health && object.message,
  );
  const rank = ({ kind }: LiveObject) => {
    const index = SPEAKS_FIRST.indexOf(kind);
    return index < 0 ? SPEAKS_FIRST.length : index;
  };
  found.sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
  if (found.length === 0) return undefined;
  const [first] = found;
  const others = found.filter(({ kind }) => kind === first.kind).length - 1;
  const more =
    others > 0
      ? ` (and ${others} more ${first.kind}${others === 1 ? '' : 's'})`
      : '';
  // What holds up a Pod that only seems to start is often said in events alone: a volume, a probe, a quota.
  const warning = events.find(
    ({ about }) =>
      about.uid === first.uid ||
      (about.kind === first.kind && about.name === first.name),
  );
  const why =
    warning && `: ${warning.reason}, ${warning.message.replace(/\.$/, '')}`;
  return `${first.message}${more}${why ?? ''}.`;
}

function unreachable(
  type: 'Synced' | 'Healthy',
  source: SourceAge,
  last: string | undefined,
): ConditionDraft {
  return {
    type,
    status: 'Unknown',
    reason: source.credentials ? 'CredentialsRefused' : 'ClusterUnreachable',
    message: `The cluster '${source.cluster}' ${awaySince(source)}${last ? `; ${last}` : ''}.`,
  };
}

/** What a cluster that answers says is worth reading; of one that doesn't, the time is all there is to say. */
function awaySince({ asOf, answers, message }: SourceAge): string {
  if (answers && message !== undefined) {
    const since = asOf === undefined ? '' : ` since ${asOf}`;
    return `can't be read${since} (${message.replace(/\.$/, '')})`;
  }
  return asOf === undefined
    ? 'has never answered'
    : `has not answered since ${asOf}`;
}

function sourceOf(
  sources: SourceAge[],
  cluster: string,
): SourceAge | undefined {
  const rank = { live: 0, stale: 1, unreachable: 2 };
  // Several watches feed on one cluster; the worst of them counts.
  return sources
    .filter(source => source.cluster === cluster)
    .sort((a, b) => rank[b.state] - rank[a.state])[0];
}

function isBefore(a: string | undefined, b: string | undefined): boolean {
  return b !== undefined && (a === undefined || Date.parse(a) < Date.parse(b));
}

/** Argo CD's times have no fractions of a second: what is of the same one may have come after. */
function inSeconds(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString();
}

function at(revision: string | undefined): string {
  return revision ? ` at ${short(revision)}` : '';
}

function short(commit: string): string {
  return commit.slice(0, 7);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
