/**
 * Scaffolder actions of Slipway: thin, they call the Slipway backend for whoever runs the template.
 *
 * @packageDocumentation
 */
export { scaffolderModuleSlipway as default } from './module';
