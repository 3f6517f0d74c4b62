import { InputError } from '@backstage/errors';
import { ApiEnvironment, ApiStateCount } from '@slipway/plugin-slipway-common';
import {
  countStandings,
  isDrifted,
  Standing,
  STANDINGS,
  standingOf,
  sumOf,
} from './standing';

/** Rows of one page when the caller names no number. */
const PAGE = 500;

/** What a list of environments is narrowed to, and its order. */
export interface EnvironmentsQuery {
  organization?: string;
  service?: string;
  class?: string;
  cluster?: string;
  state?: Standing;
  text?: string;
  sort?: 'name' | 'state' | 'cost' | 'changed';
  limit?: number;
  offset?: number;
  cursor?: string;
}

/** One page of a list, with the figures of the whole. */
export interface EnvironmentsPage {
  items: ApiEnvironment[];
  nextCursor?: string;
  total: number;
  cents?: number;
  currency?: string;
  states: ApiStateCount[];
}

type Place = [rank: number, key: string];

const keyOf = ({ organization, service, name }: ApiEnvironment) =>
  `${organization}/${service}/${name}`;

const RANKS: Record<
  NonNullable<EnvironmentsQuery['sort']>,
  (environment: ApiEnvironment) => number
> = {
  name: () => 0,
  state: e => STANDINGS.indexOf(standingOf(e)),
  cost: e => -e.cents,
  changed: e => -Date.parse(e.lastChange?.at ?? e.updatedAt),
};

/**
 * Filters, sorts and cuts. A cursor is a place in the order, not a number of rows, so that what comes and goes between
 * two pages neither repeats nor hides another row; where sorted by what moves, a row that moves may.
 */
export function pageOf(
  environments: ApiEnvironment[],
  query: EnvironmentsQuery,
): EnvironmentsPage {
  const sort = query.sort ?? 'name';
  const narrowed = environments.filter(matcher(query));
  const { state } = query;
  const matching = state
    ? narrowed.filter(e =>
        state === 'drifted' ? isDrifted(e) : standingOf(e) === state,
      )
    : narrowed;
  const rank = RANKS[sort];
  const places = matching
    .map(environment => ({
      environment,
      place: [rank(environment), keyOf(environment)] as Place,
    }))
    .sort((a, b) => compare(a.place, b.place));
  const from =
    (query.cursor ? firstAfter(places, readCursor(query.cursor, sort)) : 0) +
    (query.offset ?? 0);
  const page = places.slice(from, from + (query.limit ?? PAGE));
  const last = page.at(-1);
  return {
    items: page.map(({ environment }) => environment),
    ...(last &&
      from + page.length < places.length && {
        nextCursor: writeCursor(sort, last.place),
      }),
    total: matching.length,
    ...sumOf(matching),
    states: countStandings(narrowed),
  };
}

const contains = (text: string, words: string[]) =>
  words.every(word => text.includes(word));

const haystack = (environment: ApiEnvironment): string =>
  [
    keyOf(environment),
    environment.class,
    environment.cluster,
    environment.region,
    environment.owner,
    ...Object.values(environment.release).map(({ revision }) => revision),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');

function matcher(query: EnvironmentsQuery): (e: ApiEnvironment) => boolean {
  const words = (query.text ?? '')
    .toLocaleLowerCase('en-US')
    .split(/\s+/)
    .filter(Boolean);
  return e =>
    (!query.organization || e.organization === query.organization) &&
    (!query.service || e.service === query.service) &&
    (!query.class || e.class === query.class) &&
    (!query.cluster || e.cluster === query.cluster) &&
    (words.length === 0 || contains(haystack(e), words));
}

function compare([rankA, keyA]: Place, [rankB, keyB]: Place): number {
  if (rankA !== rankB) return rankA - rankB;
  if (keyA === keyB) return 0;
  return keyA < keyB ? -1 : 1;
}

function firstAfter(places: Array<{ place: Place }>, after: Place): number {
  const index = places.findIndex(({ place }) => compare(place, after) > 0);
  return index < 0 ? places.length : index;
}

function writeCursor(sort: string, place: Place): string {
  return Buffer.from(JSON.stringify([sort, ...place])).toString('base64url');
}

function readCursor(cursor: string, sort: string): Place {
  try {
    const [of, rank, key] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (of === sort && typeof rank === 'number' && typeof key === 'string')
      return [rank, key];
  } catch {
    // Said below, for all that is no cursor of ours.
  }
  throw new InputError(
    `The cursor '${cursor.slice(0, 40)}' does not belong to the order '${sort}'. Ask for the first page, without a cursor.`,
  );
}
