export { explain } from './explain';
export type * from './types';
