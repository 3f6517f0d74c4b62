export * from './joinRuns';
export * from './namespaces';
export * from './repositories';
