export { WatchedStatusIndex } from './WatchedStatusIndex';
export type { WatchSettings } from './SupervisedWatch';
export { WRITTEN_KINDS, WrittenObjects } from './WrittenObjects';
