export * from './extensionPoint';
export * from './PipelineEngine';
export * from './repositoryKey';
export * from './rerun';
export * from './runFacts';
export * from './runOwner';
export * from './text';
export * from './types';
