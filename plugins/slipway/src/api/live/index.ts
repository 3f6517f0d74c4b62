export { cacheOf, liveOf } from './caches';
export type { LiveState } from './LiveUpdates';
export { useLiveState } from './useLiveState';
