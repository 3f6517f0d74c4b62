export * from './annotations';
export * from './componentNames';
