export { WAIT_SETTINGS } from './dependencies';
export type {
  DeliverySettings,
  EnvironmentReconcilerOptions,
  WaitSettings,
} from './dependencies';
export { EnvironmentReconciler } from './EnvironmentReconciler';
