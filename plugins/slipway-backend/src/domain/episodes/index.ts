export * from './episode';
export * from './standing';
