export * from './environments';
export * from './fakeClient';
export * from './fleet';
export * from './live';
export * from './plans';
export * from './world';
