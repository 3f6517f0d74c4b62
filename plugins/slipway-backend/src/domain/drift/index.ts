export { driftOf, same } from './compare';
export { managedFieldsOf } from './fieldTree';
export {
  allowedBy,
  ARGOCD_MANAGER,
  DEFAULT_ALLOWED_MANAGERS,
  toolOf,
} from './managers';
export * from './types';
