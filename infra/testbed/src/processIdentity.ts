import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** True while a process with this pid exists (a zombie counts as gone). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return commandLine(pid) !== '';
}

/**
 * True when `pid` is alive and was started with `marker` in its command line.
 * Pids are reused: a recorded pid alone must never be signalled. The state
 * folder of a cluster is such a marker, as every process names files in it.
 */
export function isOurs(pid: number, marker: string): boolean {
  return isAlive(pid) && commandLine(pid).includes(marker);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') {
      // Arguments are separated by NUL; a zombie has none.
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        .replaceAll('\0', ' ')
        .trim();
    }
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // The process ended between the question and the answer.
    return '';
  }
}
