export { slipwayApiFactory } from './factory';
export * from './mutations';
export * from './queries';
export { slipwayApiRef } from './ref';
export { SlipwayProvider } from './SlipwayProvider';
