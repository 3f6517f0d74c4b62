import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isNotFound } from './errors.ts';
import { isAlive } from './processIdentity.ts';
import { waitFor } from './wait.ts';

/**
 * Runs `work` while this process alone holds `path`. The file holds the
 * holder's pid, so a lock whose holder was killed is taken over.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options: { timeoutMs: number; onWait?: (holder: number) => void },
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  await waitFor(
    `The lock ${path}`,
    async () => {
      if (tryTake(path)) return true;
      const holder = readHolder(path);
      if (holder !== undefined && !isAlive(holder))
        rmSync(path, { force: true });
      else if (holder !== undefined && !told) {
        told = true;
        options.onWait?.(holder);
      }
      return false;
    },
    { timeoutMs: options.timeoutMs, intervalMs: 100 },
  );
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A link appears with its content, so no reader ever sees a lock without a holder. */
function tryTake(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
