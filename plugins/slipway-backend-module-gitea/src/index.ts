/**
 * Pull requests of Gitea and Forgejo for Slipway.
 *
 * @packageDocumentation
 */
export { eventsModuleGitea } from './eventsModule';
export { GiteaHost } from './GiteaHost';
export { slipwayModuleGitea as default } from './module';
