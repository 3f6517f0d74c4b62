export * from './environments';
export * from './fakeClient';
export * from './fakeSignals';
export * from './fleet';
export * from './live';
export * from './plans';
export * from './releases';
export * from './world';
