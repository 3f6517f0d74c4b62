import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { toolsRoot } from './paths.ts';

/** A cold build of Kubernetes on a small machine takes this long at most. */
const FILL_TIMEOUT_MS = 45 * 60_000;

/**
 * A folder that is made once for a state of a tool's module. Its name carries
 * a hash of `go.mod`, `go.sum`, sources of our own and whatever else decides its content, so that
 * a changed version never meets an old binary. It is filled under another name
 * and renamed: a folder that exists is complete.
 */
export async function cachedFolder(options: {
  cacheRoot: string;
  module: string;
  /** What else decides the content, such as flags and the platform. */
  variant: unknown;
  fill: (dir: string) => Promise<void>;
  onWait: (message: string) => void;
}): Promise<string> {
  const key = cacheKey(options.module, options.variant);
  const dir = join(options.cacheRoot, `${options.module}-${key}`);
  if (existsSync(dir)) return dir;

  return withLock(
    `${dir}.lock`,
    async () => {
      if (existsSync(dir)) return dir;
      const partial = `${dir}.partial`;
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      await options.fill(partial);
      renameSync(partial, dir);
      return dir;
    },
    {
      timeoutMs: FILL_TIMEOUT_MS,
      onWait: holder =>
        options.onWait(`Process ${holder} is filling ${dir}; waiting for it.`),
    },
  );
}

function cacheKey(module: string, variant: unknown): string {
  const hash = createHash('sha256');
  const folder = join(toolsRoot, module);
  for (const file of ['go.mod', 'go.sum', ...ownSources(folder)]) {
    hash.update(readFileSync(join(folder, file)));
  }
  hash.update(JSON.stringify(variant));
  return hash.digest('hex').slice(0, 12);
}

function ownSources(folder: string): string[] {
  return readdirSync(folder)
    .filter(file => file.endsWith('.go'))
    .sort();
}
