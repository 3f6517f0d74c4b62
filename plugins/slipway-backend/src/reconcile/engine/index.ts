export { LeaseLostError } from '../../ports/LeaseLostError';
export {
  DEFAULT_ENGINE_SETTINGS,
  type EngineSettings,
  ReconcileEngine,
} from './ReconcileEngine';
export type { ReconcileContext, Reconciler } from './Reconciler';
export { COMPLETE_STEP, type StepObserver } from './runReconciler';
export { ShutdownError } from './ShutdownError';
export { TerminalError } from './TerminalError';
export { GatheredMarks } from './GatheredMarks';
