import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNotFound, TestbedError } from './errors.ts';
import { isOurs } from './processIdentity.ts';
import { waitFor } from './wait.ts';

/** How long a process may take to end by itself before it is killed. */
const STOP_GRACE_MS = 5_000;
const LOG_TAIL_LINES = 15;

/** What is started, and where it writes. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  logFile: string;
}

/** A process that this runner has just started. */
export interface StartedProcess {
  name: string;
  pid: number;
  /** Undefined while it runs, else how it ended. */
  ended(): string | undefined;
  logFile: string;
}

/**
 * Starts a process of its own group that outlives this one and writes to its
 * log file. Returns as soon as the pid is known, so that it can be recorded
 * before anything else happens.
 */
export function startProcess(spec: ProcessSpec): StartedProcess {
  const log = openSync(spec.logFile, 'a', 0o600);
  try {
    const child = spawn(spec.command, spec.args, {
      detached: true,
      stdio: ['ignore', log, log],
      // Nothing of the caller's environment changes how a component behaves.
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '/',
        ...spec.env,
      },
    });
    let ended: string | undefined;
    child.on('error', error => {
      ended = error.message;
    });
    child.on('exit', (code, signal) => {
      ended = signal ? `ended by ${signal}` : `exit code ${code}`;
    });
    child.unref();
    if (child.pid === undefined) {
      throw new TestbedError(
        `${spec.name} can't be started: is ${spec.command} executable?`,
      );
    }
    return {
      name: spec.name,
      pid: child.pid,
      ended: () => ended,
      logFile: spec.logFile,
    };
  } finally {
    closeSync(log);
  }
}

/**
 * Waits until the process answers. When it ends first, or takes too long, the
 * error carries the last lines of its log.
 */
export async function waitUntilReady<T>(
  started: StartedProcess,
  probe: () => Promise<T | undefined | false>,
  timeoutMs: number,
): Promise<T> {
  try {
    return await waitFor(
      started.name,
      async () => {
        const ended = started.ended();
        if (ended)
          throw new TestbedError(
            `${started.name} ended while starting: ${ended}`,
          );
        return probe();
      },
      { timeoutMs },
    );
  } catch (error) {
    throw new TestbedError(
      `${(error as Error).message}\nThe last lines of ${started.logFile}:\n${logTail(started.logFile)}`,
      { cause: error },
    );
  }
}

/**
 * Ends a process if it is still the one that was recorded. Also one that was
 * paused by SIGSTOP ends.
 */
export async function stopProcess(pid: number, marker: string): Promise<void> {
  signalOurs(pid, marker, 'SIGTERM');
  signalOurs(pid, marker, 'SIGCONT');
  const deadline = Date.now() + STOP_GRACE_MS;
  while (isOurs(pid, marker) && Date.now() < deadline) await sleep(25);
  signalOurs(pid, marker, 'SIGKILL');
  await waitFor(`The end of process ${pid}`, async () => !isOurs(pid, marker), {
    timeoutMs: STOP_GRACE_MS,
    intervalMs: 25,
  });
}

/** Sends a signal unless the pid has gone to somebody else. */
export function signalOurs(
  pid: number,
  marker: string,
  signal: NodeJS.Signals,
): void {
  if (!isOurs(pid, marker)) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The end of a log file, for an error message. */
export function logTail(path: string): string {
  try {
    return readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-LOG_TAIL_LINES)
      .join('\n');
  } catch (error) {
    if (isNotFound(error)) return '(no log)';
    throw error;
  }
}
