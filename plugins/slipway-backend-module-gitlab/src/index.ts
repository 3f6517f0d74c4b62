/**
 * Merge requests of GitLab for Slipway.
 *
 * @packageDocumentation
 */
export { eventsModuleGitlab } from './eventsModule';
export { GitlabHost } from './GitlabHost';
export { slipwayModuleGitlab as default } from './module';
