export { slipwayApiFactory } from './factory';
export * from './mutations';
export * from './queries';
export { slipwayApiRef } from './ref';
export { cacheOf, useLiveState, type LiveState } from './live';
export { SlipwayProvider } from './SlipwayProvider';
export {
  useSlipwayPages,
  useSlipwayQuery,
  type SlipwayQueryOptions,
} from './useSlipwayQuery';
