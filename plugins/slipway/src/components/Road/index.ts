export { CompactRoad } from './CompactRoad';
export { LOOKS, stationName } from './looks';
export { Road } from './Road';
export { CompactSentence, RoadSentence } from './RoadSentence';
