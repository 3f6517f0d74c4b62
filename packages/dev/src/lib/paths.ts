import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '../../../..',
);

/** Everything that the embedded default keeps lives below this folder. */
export function stateDirectory(): string {
  return resolve(process.env.SLIPWAY_STATE_DIR ?? join(ROOT, '.slipway'));
}
