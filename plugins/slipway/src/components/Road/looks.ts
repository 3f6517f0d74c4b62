import type { RoadStation, StationState } from '@slipway/plugin-slipway-common';
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

/** A station's name on the road. @internal */
export const stationName = (station: RoadStation): string =>
  station === 'PolicyPassed' ? 'Policy' : station;
