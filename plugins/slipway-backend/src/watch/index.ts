export { WatchedStatusIndex } from './WatchedStatusIndex';
export type { WatchSettings } from './SupervisedWatch';
