import type {
  Blocker,
  ExplainedEnvironment,
  ExplainOptions,
  Explanation,
} from './types';
import { blockersOf } from './blockers';

/**
 * Why an environment isn't running, or that it is: the same words for page, notification and action. Pure, and total:
 * whatever it is given, every text of the answer says something.
 * @public
 */
export function explain(
  environment: ExplainedEnvironment,
  options: ExplainOptions = {},
): Explanation {
  const { organization, service, name, owner, source } = environment;
  const subject = `${organization}/${service}/${name}`;
  const blockers = blockersOf(environment, options);
  const stale =
    source && source.state !== 'live' && source.asOf
      ? { asOf: source.asOf }
      : {};
  const first = blockers.find(({ kind }) => kind === 'station');
  if (!first) return { ...running(subject, environment, blockers), ...stale };

  // An object that says what is wrong knows better than the station why, and what to do.
  const behind =
    first.station === 'Healthy'
      ? blockers.find(
          ({ kind, state }) => kind === 'object' && state === first.state,
        )
      : undefined;
  // Out of sync without a new commit is drift, which knows what differs and what can be done about it.
  const drifted =
    first.reason === 'OutOfSync' || first.reason === 'ChangedInCluster'
      ? blockers.find(({ kind }) => kind === 'drift')
      : undefined;
  // There is no image because none was built.
  const unbuilt =
    first.reason === 'BuildGateClosed'
      ? blockers.find(
          ({ kind, state }) => kind === 'pipeline' && state === 'stopped',
        )
      : undefined;
  const speaks = behind ?? drifted ?? unbuilt ?? first;
  return {
    headline: `${subject}: ${lower(speaks.title)}`,
    sentence: sentences(
      `${speaks.title}${since(first.since)}`,
      first.message,
      isSame(speaks.message, first.message) ? undefined : speaks.message,
    ),
    why: speaks.why,
    next: speaks.next,
    who: speaks.who,
    people: speaks.who === 'owner' && owner ? [owner] : [],
    ...(first.since && { since: first.since }),
    ...(first.station && { station: first.station }),
    state: first.state,
    ...(speaks.action && { action: speaks.action }),
    blockers,
    ...stale,
  };
}

/** The whole road is done; what stands beside it may still want somebody. */
function running(
  subject: string,
  environment: ExplainedEnvironment,
  blockers: Blocker[],
): Explanation {
  const reached = environment.conditions.find(({ type }) => type === 'Healthy');
  const at = reached?.lastTransitionTime;
  const beside =
    blockers.find(({ state }) => state === 'stopped') ?? blockers[0];
  const well = `Healthy${since(at)}: every station is done`;
  if (!beside) {
    return {
      headline: `${subject}: healthy`,
      sentence: sentences(well, undefined),
      why: reached?.message.trim() || 'Everything that should run does.',
      next: 'Nothing to do.',
      who: 'nobody',
      people: [],
      ...(at && { since: at }),
      state: 'done',
      blockers,
    };
  }
  return {
    headline: `${subject}: healthy, but ${lower(beside.title)}`,
    sentence: sentences(
      well,
      `${beside.title}${since(beside.since)}: ${beside.message}`,
    ),
    why: beside.why,
    next: beside.next,
    who: beside.who,
    people:
      beside.who === 'owner' && environment.owner ? [environment.owner] : [],
    ...(at && { since: at }),
    state: 'done',
    ...(beside.action && { action: beside.action }),
    blockers,
  };
}

/** "Argo CD" keeps its capitals, "Waiting" doesn't. */
function lower(title: string): string {
  return /^(Argo|CI|Git)\b/.test(title)
    ? title
    : title[0].toLowerCase() + title.slice(1);
}

/** " since 2026-11-21 14:03 UTC"; nothing where the time can't be read. */
function since(time: string | undefined): string {
  const at = time === undefined ? NaN : Date.parse(time);
  if (Number.isNaN(at)) return '';
  return ` since ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The same words, whether or not they end as a sentence. */
function isSame(a: string, b: string): boolean {
  return a.replace(/\.$/, '') === b.replace(/\.$/, '');
}

function sentences(...parts: Array<string | undefined>): string {
  return parts
    .map(part => part?.trim())
    .filter((part): part is string => Boolean(part))
    .map(part => (/[.!?)]$/.test(part) ? part : `${part}.`))
    .join(' ');
}
