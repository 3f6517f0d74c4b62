/**
 * The backend of Slipway: API, store, queue, reconcilers and watches.
 *
 * @packageDocumentation
 */
export { slipwayPlugin as default } from './plugin';
