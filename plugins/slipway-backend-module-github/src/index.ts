/**
 * Pull requests of GitHub for Slipway.
 *
 * @packageDocumentation
 */
export { GithubHost } from './GithubHost';
export { slipwayModuleGithub as default } from './module';
