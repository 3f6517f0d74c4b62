export { startTestbed, type Testbed, type TestbedOptions } from './testbed.ts';
export type { TestbedCluster } from './cluster.ts';
export { TestbedError } from './errors.ts';
