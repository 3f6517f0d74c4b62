import { createHash } from 'node:crypto';
import type { DriftRecord } from '../../ports/DriftStore';
import type { TimelineEntry } from '../../ports/TimelineStore';
import type { ForeignWrite } from '../../ports/WriteLog';
import { FieldDrift, ObjectDrift, refKey } from './types';

/** Who put a field back, as the cluster says. */
export interface Healer {
  /** `git`: the field is wanted as it was found. */
  by: 'git' | 'argocd' | 'person' | 'slipway' | 'tool' | 'unknown';
  /** Catalog entity ref of a person, or the tool in people's words. */
  name?: string;
  at?: Date;
}

/** What a check has found out. */
export interface Findings {
  drifted: ObjectDrift[];
  /** Why something could not be looked at. */
  unknown?: string;
  now: Date;
}

type Told = Omit<TimelineEntry, 'subject'>;

/** A field among all of its environment. */
export function fieldKey(object: ObjectDrift, field: FieldDrift): string {
  return `${refKey(object)} ${field.path}`;
}

/**
 * What a check means for the episode: it begins with the first drift and ends when nothing is left of it. While
 * something could not be looked at, no episode ends. Pure.
 */
export function settleEpisode(
  before: DriftRecord | undefined,
  environment: string,
  { drifted, unknown, now }: Findings,
  healer: (object: ObjectDrift, field: FieldDrift) => Healer,
): { record: Omit<DriftRecord, 'checks'>; events: Told[] } {
  const events: Told[] = [];
  let state: DriftRecord['state'] = 'none';
  if (drifted.length > 0) state = 'drifted';
  else if (unknown !== undefined) state = 'unknown';
  const open = before?.since;
  let since = open;
  if (state === 'drifted') {
    const known = new Set(
      (open ? before!.drifted : []).flatMap(object =>
        object.fields.map(field => fieldKey(object, field)),
      ),
    );
    const fresh = keep(drifted, key => !known.has(key));
    since ??= beganAt(drifted, now);
    if (fresh.length > 0) events.push(began(fresh, since, open !== undefined));
  } else if (state === 'none' && open) {
    events.push(ended(before!.drifted, open, now, healer));
    since = undefined;
  }
  return {
    record: {
      environment,
      state,
      ...(since && { since }),
      changedAt: before?.state === state ? before.changedAt : now,
      checkedAt: now,
      ...(unknown !== undefined && { message: unknown }),
      drifted,
    },
    events,
  };
}

/** When the first of the fields was written; a clock of the cluster that runs ahead counts for no more than now. */
function beganAt(drifted: ObjectDrift[], now: Date): Date {
  const times = drifted
    .flatMap(({ fields }) => fields.map(({ since }) => since))
    .flatMap(since => (since ? [Date.parse(since)] : []));
  return new Date(Math.min(now.getTime(), ...times));
}

function keep(
  drifted: ObjectDrift[],
  wanted: (key: string) => boolean,
): ObjectDrift[] {
  return drifted
    .map(object => ({
      ...object,
      fields: object.fields.filter(field => wanted(fieldKey(object, field))),
    }))
    .filter(({ fields }) => fields.length > 0);
}

function began(drifted: ObjectDrift[], since: Date, also: boolean): Told {
  const [first] = drifted;
  const [{ tool, why }] = first.fields;
  const more = drifted.length - 1;
  const others =
    more > 0 ? ` and ${more} more object${more > 1 ? 's' : ''}` : '';
  const how =
    why === 'missing'
      ? `${first.kind} ${first.name} is missing`
      : `${first.kind} ${first.name} was changed${tool ? ` with ${tool}` : ''}`;
  return {
    type: 'Drifted',
    reason: 'Drifted',
    title: `${also ? 'Drifted further' : 'Drifted'}: ${how}${others}`,
    data: { since: since.toISOString(), objects: summary(drifted) },
    dedupeKey: `drift/begin/${since.getTime()}/${hash(summary(drifted))}`,
  };
}

function ended(
  drifted: ObjectDrift[],
  since: Date,
  now: Date,
  healerOf: (object: ObjectDrift, field: FieldDrift) => Healer,
): Told {
  const healers = drifted.flatMap(object =>
    object.fields.map(field => healerOf(object, field)),
  );
  const healer = mostTelling(healers);
  const times = healers.flatMap(({ at }) =>
    at && at.getTime() >= since.getTime() ? [at.getTime()] : [],
  );
  const until =
    times.length === healers.length && times.length > 0
      ? new Date(Math.min(Math.max(...times), now.getTime()))
      : now;
  return {
    type: 'Drifted',
    reason: 'NotDrifted',
    title: `Drift ${inWords(healer)} after ${duration(since, until)}`,
    ...(healer.by === 'person' && { actor: healer.name }),
    data: {
      since: since.toISOString(),
      until: until.toISOString(),
      by: healer.by,
      objects: summary(drifted),
    },
    dedupeKey: `drift/end/${since.getTime()}/${hash(summary(drifted))}`,
  };
}

/** An episode that was over before anybody looked: the watches saw the write, and the next check found it gone. */
export function healedBefore(
  write: ForeignWrite,
  healer: Healer,
  now: Date,
): Told {
  const since = new Date(write.at);
  const until = healer.at && healer.at >= since ? healer.at : now;
  const { kind, name } = write.object;
  return {
    type: 'Drifted',
    reason: 'NotDrifted',
    title: `${kind} ${name} was changed with ${write.tool} and ${inWords(healer)} after ${duration(since, until)}`,
    ...(healer.by === 'person' && { actor: healer.name }),
    data: {
      since: since.toISOString(),
      until: until.toISOString(),
      by: healer.by,
      objects: [{ kind, name, fields: write.fields }],
    },
    dedupeKey: `drift/healed/${refKey(write.object)}/${write.manager}/${write.at}/${hash(write.fields)}`,
  };
}

const ORDER: Array<Healer['by']> = [
  'person',
  'git',
  'argocd',
  'slipway',
  'tool',
  'unknown',
];

function mostTelling(healers: Healer[]): Healer {
  const sorted = [...healers].sort(
    (a, b) => ORDER.indexOf(a.by) - ORDER.indexOf(b.by),
  );
  return sorted[0] ?? { by: 'unknown' };
}

function inWords({ by, name }: Healer): string {
  switch (by) {
    case 'git':
      return 'accepted into Git';
    case 'argocd':
      return 'put back by Argo CD';
    case 'slipway':
      return 'put back by Slipway';
    case 'person':
      // The entry names the entity as its actor; the sentence is for reading.
      return `put back by ${name?.replace(/^user:(default\/)?/, '')}`;
    case 'tool':
      return `put back with ${name}`;
    default:
      return 'gone again';
  }
}

/** `4 s`, `3 min`, `2 h`, `5 d`: one figure is enough for a list. */
export function duration(from: Date, to: Date): string {
  const seconds = Math.max(
    0,
    Math.round((to.getTime() - from.getTime()) / 1000),
  );
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Names and paths, never values: the timeline outlives what somebody may have typed into a field by mistake. */
function summary(drifted: ObjectDrift[]) {
  return drifted.map(({ kind, name, namespace, fields }) => ({
    kind,
    name,
    ...(namespace && { namespace }),
    fields: fields.map(({ path }) => path),
  }));
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('base64url')
    .slice(0, 16);
}
