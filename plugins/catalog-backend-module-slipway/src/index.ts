/**
 * Brings the services of Slipway into the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleSlipway as default } from './module';
