/**
 * Kinds, conditions, permissions, API types and client of Slipway: pure, for Node and browser.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './catalog';
export * from './conditions';
export * from './explain';
export * from './kinds';
export * from './parse';
export * from './permissions';
export * from './planning';
export * from './quantity';
