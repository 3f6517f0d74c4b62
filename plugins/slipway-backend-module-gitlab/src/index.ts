/**
 * Merge requests of GitLab for Slipway.
 *
 * @packageDocumentation
 */
export { GitlabHost } from './GitlabHost';
export { slipwayModuleGitlab as default } from './module';
