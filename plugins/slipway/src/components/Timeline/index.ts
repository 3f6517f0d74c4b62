export { groupTimeline } from './groups';
export { Timeline } from './Timeline';
