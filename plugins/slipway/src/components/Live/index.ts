export { Announce } from './Announce';
export { Flash, FRESH, useChanges } from './Flash';
