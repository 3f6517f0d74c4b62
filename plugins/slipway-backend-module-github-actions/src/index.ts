/**
 * Brings runs of GitHub Actions to Slipway.
 *
 * @packageDocumentation
 */
export { slipwayModuleGithubActions as default } from './module';
