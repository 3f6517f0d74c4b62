export * from './environments';
export * from './fakeClient';
export * from './live';
export * from './plans';
export * from './world';
