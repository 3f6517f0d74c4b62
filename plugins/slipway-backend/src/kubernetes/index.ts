export { ClusterFoundEnvironments } from './ClusterFoundEnvironments';
export { HttpClusters } from './HttpClusters';
export { unreadLocators } from './locateClusters';
export { readClusters } from './readClusters';
export type { ClusterConnection, ConfiguredCluster } from './readClusters';
