import type {
  RoadStation,
  Station,
  StationState,
} from '@slipway/plugin-slipway-common';
import type { Tone } from '../../theme';

/** How each state of a station is said, coloured and drawn. The signs are the CLI's. @internal */
export const LOOKS: Record<
  StationState,
  { word: string; tone: Tone; sign: string }
> = {
  done: { word: 'done', tone: 'ok', sign: '✔' },
  here: { word: 'working', tone: 'go', sign: '●' },
  waiting: { word: 'waiting', tone: 'wait', sign: '◌' },
  stopped: { word: 'stopped', tone: 'bad', sign: '✖' },
  ahead: { word: 'not yet', tone: 'off', sign: '' },
  unknown: { word: 'unknown', tone: 'off', sign: '?' },
};

/** The line to a station is walked when the one before it is done and this one isn't ahead. @internal */
export const isReached = (stations: Station[], index: number): boolean =>
  stations[index - 1]?.state === 'done' && stations[index].state !== 'ahead';

/** A station's name on the road. @internal */
export const stationName = (station: RoadStation): string =>
  station === 'PolicyPassed' ? 'Policy' : station;
