/**
 * Brings runs of Tekton to Slipway.
 *
 * @packageDocumentation
 */
export { slipwayModuleTekton as default } from './module';
