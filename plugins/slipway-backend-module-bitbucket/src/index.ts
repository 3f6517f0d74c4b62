/**
 * Pull requests of Bitbucket for Slipway.
 *
 * @packageDocumentation
 */
export { BitbucketHost } from './BitbucketHost';
export { eventsModuleBitbucket } from './eventsModule';
export { slipwayModuleBitbucket as default } from './module';
