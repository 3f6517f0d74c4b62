import {
  type Condition,
  type DetailReasonKey,
  type Reason,
  type ReasonKey,
  reasonOf,
  road,
  ROAD,
  type RoadStation,
  type Station,
  type StationState,
} from '../conditions';
import type {
  Blocker,
  ExplainedDrift,
  ExplainedEnvironment,
  ExplainedEvent,
  ExplainedObject,
  ExplainedRun,
} from './types';

/** How many objects and fields are named; the rest is counted. */
const NAMED = 5;

const WORDS: Record<RoadStation, string> = {
  Declared: 'Declaring',
  Validated: 'Validation',
  PolicyPassed: 'The policy check',
  Approved: 'Approval',
  Rendered: 'Rendering',
  Committed: 'The commit',
  Provisioned: 'Provisioning',
  Synced: 'Syncing',
  Healthy: 'Health',
};

const STATE_WORDS: Record<StationState, string> = {
  done: 'is done',
  here: 'is under way',
  waiting: 'waits',
  stopped: 'has stopped',
  ahead: 'has not begun',
  unknown: 'is not known',
};

type Row = Pick<
  Blocker,
  'reason' | 'title' | 'why' | 'next' | 'who' | 'action'
>;

/** A row of the table; for a reason that only a newer version knows, one that says so. */
function rowOf(key: string, otherwise: string): Row {
  const row: Reason | undefined = reasonOf(key);
  if (!row) {
    return {
      reason: key.trim() || 'Unknown',
      title: otherwise,
      why: key.trim()
        ? `The reason \u2018${key}\u2019 is not in the table of this version.`
        : 'Nobody has said yet how it stands.',
      next: 'The message says more; look again in a moment.',
      who: 'nobody',
    };
  }
  const { title, why, next, who, action } = row;
  return { reason: key, title, why, next, who, ...(action && { action }) };
}

function stationBlocker({ station, state, condition }: Station): Blocker {
  const row = rowOf(
    condition?.reason ?? '',
    `${WORDS[station]} ${STATE_WORDS[state]}`,
  );
  return {
    kind: 'station',
    state,
    ...row,
    message: condition?.message.trim() || `${row.title}.`,
    station,
    ...(condition && { since: condition.lastTransitionTime }),
  };
}

/** Stations that somebody has come to and that are not done; the first is there even when nobody has. */
function stationBlockers(stations: Station[]): Blocker[] {
  const open = stations.filter(({ state }) => state !== 'done');
  return open
    .filter(
      ({ state, condition }, i) =>
        i === 0 || (condition && state !== 'ahead') || stands(condition),
    )
    .map(({ station, state, condition }) =>
      // Behind a stop the road shows everything as ahead; what is wrong there is still wrong.
      stationBlocker({
        station,
        condition,
        state:
          state === 'ahead' && stands(condition)
            ? reasonOf(condition!.reason)!.state
            : state,
      }),
    );
}

function stands(condition: Condition | undefined): boolean {
  const state = condition && reasonOf(condition.reason)?.state;
  return (
    condition?.status === 'False' &&
    (state === 'stopped' || state === 'waiting')
  );
}

const BY_HEALTH = new Map<string, ReasonKey>([
  ['Degraded', 'Degraded'],
  ['Missing', 'Progressing'],
  ['Progressing', 'Progressing'],
  ['Suspended', 'Suspended'],
]);

/** Pods say best what is wrong; what made them only says that something is. */
const SPEAKS_FIRST = ['Pod', 'PersistentVolumeClaim', 'Job', 'ReplicaSet'];
const GRAVITY = ['Degraded', 'Missing', 'Suspended', 'Progressing'];

function objectBlockers(objects: readonly ExplainedObject[]): Blocker[] {
  const place = (list: string[], item: string) => {
    const index = list.indexOf(item);
    return index < 0 ? list.length : index;
  };
  return objects
    .filter(({ health }) => BY_HEALTH.has(health))
    .sort(
      (a, b) =>
        place(GRAVITY, a.health) - place(GRAVITY, b.health) ||
        place(SPEAKS_FIRST, a.kind) - place(SPEAKS_FIRST, b.kind) ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, NAMED)
    .map(({ kind, name, namespace, health, message, reason }) => {
      const key = reason && reasonOf(reason) ? reason : BY_HEALTH.get(health)!;
      return {
        kind: 'object',
        state: reasonOf(key)!.state,
        ...rowOf(key, health),
        message: message?.trim() || `${kind} ${name} is ${health}.`,
        object: { kind, name, ...(namespace && { namespace }) },
      };
    });
}

function eventBlockers(events: readonly ExplainedEvent[]): Blocker[] {
  return events
    .filter(({ type }) => type === 'Warning')
    .slice(0, NAMED)
    .map(({ reason, message, count, lastSeen }) => ({
      kind: 'event',
      state: 'here',
      reason: reason.trim() || 'Warning',
      title: reason.trim() || 'Warning',
      message: `${message.trim() || reason.trim() || 'A warning'}${count && count > 1 ? ` (${count} times)` : ''}`,
      why: 'The cluster has reported it as a warning.',
      next: 'Look at the object that it names.',
      who: 'owner',
      action: 'resources',
      ...(lastSeen && { since: lastSeen }),
    }));
}

const BY_RUN = new Map<string, DetailReasonKey>([
  ['failed', 'PipelineFailed'],
  ['cancelled', 'PipelineCancelled'],
  ['running', 'PipelineRunning'],
  ['queued', 'PipelineRunning'],
]);

const startOf = (run: ExplainedRun) => run.startedAt ?? run.createdAt ?? '';

/** The newest run; that of another environment of the service is none of ours. */
function pipelineBlocker(
  runs: readonly ExplainedRun[],
  environment: string,
): Blocker[] {
  const [last] = runs
    .filter(run => !run.environment || run.environment === environment)
    .sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
  const key = last && BY_RUN.get(last.state);
  if (!last || !key) return [];
  const since = last.finishedAt ?? (startOf(last) || undefined);
  const step =
    last.steps?.find(({ id }) => id === last.failedStep)?.name ??
    last.failedStep;
  const at = step ? ` at step ${step}` : '';
  const why = last.message?.trim() ? `: ${last.message.trim()}` : '';
  return [
    {
      kind: 'pipeline',
      state: reasonOf(key)!.state,
      ...rowOf(key, last.name),
      message: `${last.name.trim() || 'It'} ${last.state}${at}${why}`,
      ...(since && { since }),
    },
  ];
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

function driftBlocker(
  summary: ExplainedEnvironment['drift'],
  drift: ExplainedDrift | undefined,
): Blocker[] {
  if ((drift ?? summary)?.state !== 'drifted') return [];
  const since = drift?.since ?? summary?.since;
  return [
    {
      kind: 'drift',
      state: 'stopped',
      ...rowOf('Drifted', 'Drifted'),
      message: drift
        ? driftedObjects(drift)
        : `${count(summary!.fields, 'field')} of ${count(summary!.objects, 'object')} ${summary!.fields === 1 ? 'differs' : 'differ'} from Git.`,
      ...(since && { since }),
    },
  ];
}

function driftedObjects({ objects, message }: ExplainedDrift): string {
  const found = objects.map(({ kind, name, missing, fields }) => {
    if (missing) return `${kind} ${name} is missing`;
    const paths = fields.slice(0, NAMED).map(field => {
      const by = field.user ?? field.tool ?? field.manager;
      return by ? `${field.path} (by ${by})` : field.path;
    });
    const more = fields.length - paths.length;
    return `${kind} ${name}: ${paths.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  });
  if (found.length === 0) return message?.trim() || 'It differs from Git.';
  const more = found.length - NAMED;
  return `${found.slice(0, NAMED).join('; ')}${more > 0 ? `; and ${count(more, 'object')} more` : ''}.`;
}

function sourceBlocker(
  source: ExplainedEnvironment['source'],
  known: Blocker[],
): Blocker[] {
  const said = known.some(
    ({ reason }) =>
      reason === 'ClusterUnreachable' || reason === 'CredentialsRefused',
  );
  if (source?.state !== 'unreachable' || said) return [];
  return [
    {
      kind: 'source',
      state: 'unknown',
      ...rowOf('ClusterUnreachable', 'Cluster unreachable'),
      message: `${source.name} ${source.asOf ? `has not answered since ${source.asOf}` : 'has never answered'}.`,
      ...(source.asOf && { since: source.asOf }),
    },
  ];
}

/** Everything that stands in the way of an environment, in the order of its road, then what stands beside it. */
export function blockersOf(
  environment: ExplainedEnvironment,
  options: {
    drift?: ExplainedDrift;
    pipelines?: readonly ExplainedRun[];
    events?: readonly ExplainedEvent[];
  },
): Blocker[] {
  const conditions = environment.conditions.filter(({ type }) =>
    (ROAD as readonly string[]).includes(type),
  ) as Condition[];
  const stations = stationBlockers(road(conditions));
  const healthy = conditions.some(
    ({ type, status }) => type === 'Healthy' && status === 'True',
  );
  // What the road calls done is not taken back by an object that starts, or by an event of the past.
  const behind = healthy
    ? []
    : [
        ...objectBlockers(environment.objects ?? []),
        ...eventBlockers(options.events ?? []),
      ];
  const runs = pipelineBlocker(options.pipelines ?? [], environment.name);
  const found = [
    ...stations,
    ...behind,
    ...runs,
    ...driftBlocker(environment.drift, options.drift),
  ];
  return [...found, ...sourceBlocker(environment.source, found)];
}
