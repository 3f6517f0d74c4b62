export * from './conditions';
export * from './reasons';
export * from './road';
