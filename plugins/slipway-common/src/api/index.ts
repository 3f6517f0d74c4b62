export * from './types';
export * from './SlipwayApiError';
export * from './SlipwayClient';
export type { paths as SlipwayPaths } from './generated/openapi';
