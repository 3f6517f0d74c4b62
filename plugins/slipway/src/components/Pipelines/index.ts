export { PipelineRunList } from './PipelineRunList';
