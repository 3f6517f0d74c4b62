export { slipwayApiFactory } from './factory';
export * from './drift';
export * from './fleet';
export * from './mutations';
export * from './objects';
export * from './pipelines';
export * from './queries';
export { slipwayApiRef } from './ref';
export { cacheOf, useLiveState, type LiveState } from './live';
export { SlipwayProvider } from './SlipwayProvider';
export {
  useSlipwayPages,
  useSlipwayQuery,
  type SlipwayQueryOptions,
} from './useSlipwayQuery';
