export { STANDING_TONES, StandingMark } from './StandingMark';
export { StateBar, StateCounts, totalOf } from './StateBar';
