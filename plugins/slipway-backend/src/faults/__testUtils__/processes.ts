import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that a test started anew; it ends with the test. */
export interface Restarted {
  pid: number;
  stop(): Promise<void>;
}

/**
 * Ends a process, at once unless told otherwise, and starts it again as it was when told to: for this test, or for as
 * long as another process runs, to which it belongs.
 */
export async function killToRestart(
  pid: number,
  logFile: string,
  signal: 'SIGKILL' | 'SIGINT' = 'SIGKILL',
): Promise<{ restart(): Restarted; restartBeside(other: number): void }> {
  // Arguments are separated by NUL, as are the variables.
  const wordsOf = (file: string) =>
    readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').filter(Boolean);
  const [command, ...args] = wordsOf('cmdline');
  const env = Object.fromEntries(
    wordsOf('environ').map(line => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  const owner = statSync(`/proc/${pid}`);
  process.kill(pid, signal);
  await until(() => !isAlive(pid));
  const start = (program: string, words: string[], detached: boolean) => {
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(program, words, {
      env: env as NodeJS.ProcessEnv,
      detached,
      // Root may start what another user runs.
      ...(process.getuid?.() === 0 && { uid: owner.uid, gid: owner.gid }),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    return child;
  };
  return {
    restartBeside(other) {
      const script =
        'other=$1; shift; "$@" & tail --pid="$other" -f /dev/null; kill -9 $!';
      start(
        '/bin/sh',
        ['-c', script, 'sh', String(other), command, ...args],
        true,
      ).unref();
    },
    restart() {
      const child = start(command, args, false);
      const ended = new Promise(resolve => child.once('exit', resolve));
      return {
        pid: child.pid!,
        async stop() {
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
  };
}

/** Whether a process runs; one that has ended and that nobody has asked about doesn't. */
export function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

/** Waits for something that happens by itself; generous, as machines differ. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  options: { seconds?: number; what?: string; everyMs?: number } = {},
): Promise<T> {
  const { seconds = 60, what = probe.toString(), everyMs = 100 } = options;
  const deadline = performance.now() + seconds * 1_000;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (performance.now() > deadline)
      throw new Error(`It did not happen within ${seconds} s: ${what}`);
    await sleep(everyMs);
  }
}
