import type { SourceAge } from '../domain/live/types';
import type { Pulse } from './Heartbeat';
import type { WatchAge } from './SupervisedWatch';

/**
 * A cluster is known as well as the worst known of its kinds; kinds that it does not serve don't count. While it doesn't
 * answer at all, streams that are still open say nothing.
 */
export function ageOf(
  cluster: string,
  pulse: Pulse,
  watches: WatchAge[],
): SourceAge {
  const served = watches.filter(({ state }) => state !== 'absent');
  const ages = served.length > 0 ? served : watches;
  const worst =
    ages.find(({ state }) => state === 'unreachable') ??
    ages.find(({ state }) => state === 'stale' || state === 'starting');
  const state = stateOf(worst, pulse);
  const asOf = heard(worst, pulse, ages);
  const message = worst?.message ?? pulse.message;
  return {
    cluster,
    state,
    ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
    ...(state !== 'live' && message !== undefined && { message }),
    ...(state === 'unreachable' && pulse.state === 'live' && { answers: true }),
    ...(worst?.credentials && { credentials: true }),
  };
}

/** Streams that are open have brought everything up to the last time that the cluster answered. */
function heard(
  worst: WatchAge | undefined,
  pulse: Pulse,
  ages: WatchAge[],
): number | undefined {
  const times = ages.map(({ asOf }) => asOf?.getTime());
  if (times.length === 0 || times.includes(undefined)) return undefined;
  const oldest = Math.min(...(times as number[]));
  return worst ? oldest : Math.max(oldest, pulse.asOf?.getTime() ?? oldest);
}

function stateOf(
  worst: WatchAge | undefined,
  pulse: Pulse,
): SourceAge['state'] {
  if (worst?.state === 'unreachable' || pulse.state === 'unreachable')
    return 'unreachable';
  return worst || pulse.state === 'stale' ? 'stale' : 'live';
}
