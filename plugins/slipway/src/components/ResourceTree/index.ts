export { HealthWord } from './HealthWord';
export { Resources } from './Resources';
export { parseRef, refText } from './tree';
