import { Condition, ROAD, Station, StationState } from './conditions';
import { type Reason, type ReasonAction, reasonOf } from './reasons';

/**
 * The road as a person sees it. Only the first station that isn't done may be anything but `ahead` after it,
 * except stations whose source is unreachable, which stay `unknown`.
 * @public
 */
export function road(conditions: Condition[]): Station[] {
  let blocked = false;
  return ROAD.map(station => {
    const condition = conditions.find(c => c.type === station);
    const state = stationState(condition);
    const shown: StationState =
      blocked && state !== 'unknown' && state !== 'done' ? 'ahead' : state;
    if (state !== 'done') blocked = true;
    return { station, state: shown, condition };
  });
}

function stationState(condition: Condition | undefined): StationState {
  if (!condition) return 'ahead';
  const reason = reasonOf(condition.reason);
  if (condition.status === 'Unknown')
    return reason?.state === 'ahead' ? 'ahead' : 'unknown';
  if (condition.status === 'True') return 'done';
  return reason?.state === 'done' ? 'here' : (reason?.state ?? 'here');
}

/**
 * What the first station that isn't done says.
 * @public
 */
export type Speaking = Station & {
  title: string;
  message: string;
  /** Why things come to stand like this; empty where the reason isn't known. */
  why: string;
  next: string;
  who: Reason['who'];
  /** What a page can offer. */
  action?: ReasonAction;
};

/**
 * The first station that isn't done, with its sentence; undefined when everything is.
 * @public
 */
export function speaking(conditions: Condition[]): Speaking | undefined {
  const station = road(conditions).find(s => s.state !== 'done');
  if (!station) return undefined;
  const reason = station.condition && reasonOf(station.condition.reason);
  return {
    ...station,
    title: reason?.title ?? station.station,
    message: station.condition?.message ?? '',
    why: reason?.why ?? '',
    next: reason?.next ?? '',
    who: reason?.who ?? 'nobody',
    ...(reason?.action && { action: reason.action }),
  };
}
