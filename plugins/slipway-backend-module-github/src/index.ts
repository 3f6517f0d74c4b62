/**
 * Pull requests of GitHub for Slipway.
 *
 * @packageDocumentation
 */
export { eventsModuleGithub } from './eventsModule';
export { GithubHost } from './GithubHost';
export { slipwayModuleGithub as default } from './module';
