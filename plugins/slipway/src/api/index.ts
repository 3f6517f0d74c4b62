export { slipwayApiFactory } from './factory';
export * from './mutations';
export * from './queries';
export { slipwayApiRef } from './ref';
export { cacheOf, SlipwayProvider } from './SlipwayProvider';
export { useSlipwayQuery, type SlipwayQueryOptions } from './useSlipwayQuery';
