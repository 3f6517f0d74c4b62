export * from './environments';
export * from './fakeClient';
export * from './plans';
export * from './world';
