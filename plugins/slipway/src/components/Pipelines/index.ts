export { NoRuns } from './NoRuns';
export { PipelineRunList } from './PipelineRunList';
