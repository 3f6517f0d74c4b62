export { ActionResult } from './ActionResult';
export { ActionsMenu } from './ActionsMenu';
export { ConfirmAction } from './ConfirmAction';
export { RowActions } from './RowActions';
export {
  useEnvironmentActions,
  type EnvironmentAction,
} from './useEnvironmentActions';
