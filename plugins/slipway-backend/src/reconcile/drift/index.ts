export { DriftReconciler } from './DriftReconciler';
export {
  DRIFT_WAITS,
  type DriftReconcilerOptions,
  type DriftWaits,
} from './options';
