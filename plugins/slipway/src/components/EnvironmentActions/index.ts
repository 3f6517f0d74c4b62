export { ActionResult } from './ActionResult';
export { ActionsMenu } from './ActionsMenu';
export { RowActions } from './RowActions';
export {
  useEnvironmentActions,
  type EnvironmentAction,
} from './useEnvironmentActions';
