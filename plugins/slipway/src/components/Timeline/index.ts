export { groupTimeline, type TimelineGroup } from './groups';
export { Timeline, type OlderEntries } from './Timeline';
