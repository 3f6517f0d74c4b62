import type {
  RoadStation,
  Station,
  StationState,
} from '@slipway/plugin-slipway-common';
import type { Tone } from '../../theme';

/** How each state of a station is coloured. @internal */
export const STATION_TONES: Record<StationState, Tone> = {
  done: 'ok',
  here: 'go',
  waiting: 'wait',
  stopped: 'bad',
  ahead: 'off',
  unknown: 'off',
};

/** The line to a station is walked when the one before it is done and this one isn't ahead. @internal */
export const isReached = (stations: Station[], index: number): boolean =>
  stations[index - 1]?.state === 'done' && stations[index].state !== 'ahead';

/** A station's name on the road. @internal */
export const stationName = (station: RoadStation): string =>
  station === 'PolicyPassed' ? 'Policy' : station;
