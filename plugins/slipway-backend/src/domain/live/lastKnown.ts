import type { LiveEnvironment, SourceAge } from './types';

/**
 * A source that hasn't answered since this process began, with the time when what is recorded was seen: a restart
 * doesn't make what is shown ageless.
 */
export function withAge(
  source: SourceAge,
  recorded: string | undefined,
): SourceAge {
  return source.asOf === undefined && recorded !== undefined
    ? { ...source, asOf: recorded }
    : source;
}

/**
 * The same for what is concluded: of clusters that are away it is said since when. One that is still being asked says
 * nothing yet, and what was recorded counts.
 */
export function withAges(
  live: LiveEnvironment,
  recorded: string | undefined,
): LiveEnvironment {
  return {
    ...live,
    sources: live.sources.map(source =>
      source.state === 'unreachable' ? withAge(source, recorded) : source,
    ),
  };
}
