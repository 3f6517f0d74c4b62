export { CompactRoad } from './CompactRoad';
export { STATION_TONES, stationName } from './looks';
export { Road } from './Road';
export { CompactSentence, RoadSentence } from './RoadSentence';
