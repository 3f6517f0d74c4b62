export { WAIT_SETTINGS } from './dependencies';
export type {
  EnvironmentReconcilerOptions,
  WaitSettings,
} from './dependencies';
export { EnvironmentReconciler } from './EnvironmentReconciler';
