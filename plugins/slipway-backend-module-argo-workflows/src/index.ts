/**
 * Brings workflows of Argo Workflows to Slipway.
 *
 * @packageDocumentation
 */
export { slipwayModuleArgoWorkflows as default } from './module';
