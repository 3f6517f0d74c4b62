import { join, resolve } from 'node:path';

const testbedRoot = resolve(import.meta.dirname, '..');

/** Folder with one Go module for each tool. */
export const toolsRoot = join(testbedRoot, 'tools');

/** Where clusters of the command line live unless it is told otherwise. */
export const defaultStateRoot = join(testbedRoot, '.state');

/**
 * Where built binaries and copied CRDs are kept. `SLIPWAY_TESTBED_CACHE` lets
 * several checkouts, or a CI cache, share one folder.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.SLIPWAY_TESTBED_CACHE || join(testbedRoot, '.cache'));
}
