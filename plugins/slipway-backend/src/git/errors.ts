import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { GitCommandError } from './process';

/**
 * A `ConflictError` that names the files which stand in the way.
 * @internal
 */
export class FileConflictError extends ConflictError {
  constructor(
    message: string,
    readonly files: string[],
  ) {
    super(message);
  }
}

/**
 * The compare-and-swap of a ref failed: somebody else moved it. A `ConflictError` for callers that don't retry.
 * @internal
 */
export class RefMovedError extends ConflictError {}

const MOVED =
  /is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference|\(fetch first\)|\(non-fast-forward\)|\(stale info\)|\(already exists\)|failed to update ref|incorrect old value provided|reference is missing but expected/;
const NAME_TAKEN = /'(refs\/[^']*)' exists; cannot create '?(refs\/[^\s']*)/;
const LOCKED = /Unable to create '[^']*\.lock': File exists|\(failed to lock\)/;
const LOCK_FILE = /Unable to create '([^']*\.lock)': File exists/;
const FULL =
  /No space left on device|Out of diskspace|File too large|Disk quota exceeded|ENOSPC|EDQUOT/;
const DENIED_DISK =
  /insufficient permission|Permission denied(?! \()|Read-only file system|EACCES|EROFS|EPERM/;
const DENIED_HOST =
  /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Permission denied \(|requested URL returned error: 40[13]|Host key verification failed/;
const DECLINED = /\[remote rejected\][^\n]*/;
const NO_ATOMIC = /does not support --atomic/;
const ABSENT =
  /not a git repository|repository '[^']*' not found|does not appear to be a git repository|requested URL returned error: 404/;
const DAMAGED =
  /(?:loose object|object file|packed object|pack|bad object|bad tree|bad config|index file|bad signature|garbage)[^\n]*(?:corrupt|is empty|is missing|damaged|mismatch)|unable to read tree|missing blob object|inflate:|bad config line|unable to read [0-9a-f]{40}/;

/** Whether a repository's own files, and not the request, are the cause. */
export function isDamaged(error: unknown): boolean {
  return error instanceof GitCommandError && DAMAGED.test(error.stderr);
}

/** Whether a lock that somebody holds (or left behind) is the cause. */
export function isLocked(error: unknown): boolean {
  return (
    error instanceof GitCommandError &&
    LOCKED.test(error.stderr) &&
    !MOVED.test(error.stderr)
  );
}

function firstLines(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('hint:'));
  return lines.slice(0, 3).join(' / ').slice(0, 500);
}

function errnoOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

function fromText(text: string, where: string): Error | undefined {
  if (FULL.test(text)) {
    return new ServiceUnavailableError(
      `The disk is full: ${where} could not be written, and nothing was changed. Free some space and try again.`,
    );
  }
  const taken = NAME_TAKEN.exec(text);
  if (taken) {
    return new ConflictError(
      `${taken[2]} can't be created in ${where} because ${taken[1]} exists: Git can't have a branch below another. ` +
        `Delete that one, or choose another name.`,
    );
  }
  if (MOVED.test(text)) {
    return new RefMovedError(
      `Somebody else changed ${where} in the meantime. Nothing was overwritten: read it again and repeat.`,
    );
  }
  if (LOCKED.test(text)) {
    const file = LOCK_FILE.exec(text)?.[1];
    return new ServiceUnavailableError(
      `${where} is locked by another Git process${file ? ` (${file})` : ''}, and nothing was changed. Try again; ` +
        `when no Git process runs any more, one has crashed: remove that lock file.`,
    );
  }
  return undefined;
}

/**
 * Says in our words what Git (or the disk) said: what was found and what to do about it. Errors that are ours already
 * pass through.
 */
export function explain(error: unknown, where: string): Error {
  const errno = errnoOf(error);
  if (errno === 'ENOSPC' || errno === 'EDQUOT')
    return fromText('ENOSPC', where)!;
  if (errno === 'EACCES' || errno === 'EPERM' || errno === 'EROFS') {
    return new NotAllowedError(
      `This process may not access ${where} on disk (${errno}). Give its user read and write access to the folder.`,
    );
  }
  if (!(error instanceof GitCommandError)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  if (error.reason === 'spawn') {
    return new ServiceUnavailableError(
      `git could not be started: ${error.stderr}. Install Git 2.39 or newer and make sure that it is on the PATH.`,
    );
  }
  if (error.reason === 'timeout') {
    return new ServiceUnavailableError(
      `${where} did not answer in time (git ${error.command}). Try again later.`,
    );
  }
  if (error.reason === 'output-limit') {
    return new InputError(
      `What git ${error.command} found in ${where} is larger than the limit for one answer.`,
    );
  }
  const text = error.stderr;
  const known = fromText(text, where);
  if (known) return known;
  if (NO_ATOMIC.test(text)) {
    return new ServiceUnavailableError(
      `The server of ${where} can't update several refs at once (push --atomic).`,
    );
  }
  if (DENIED_HOST.test(text)) {
    return new NotAllowedError(
      `The Git server refused our credentials for ${where}. Check the configured ones.`,
    );
  }
  if (ABSENT.test(text)) {
    return new NotFoundError(
      `Nothing that Git knows is at ${where}. Check its URL, or create it first.`,
    );
  }
  const declined = DECLINED.exec(text);
  if (declined) {
    return new NotAllowedError(
      `The Git server declined the push to ${where}: ${declined[0].trim()}. Check its branch protection and hooks.`,
    );
  }
  if (DENIED_DISK.test(text)) {
    return new NotAllowedError(
      `This process may not access ${where} on disk. Give its user read and write access to the folder.`,
    );
  }
  if (DAMAGED.test(text)) {
    return new ServiceUnavailableError(
      `${where} is damaged: ${firstLines(text)}. Run "git fsck --full" there and restore it from a copy.`,
    );
  }
  return new ServiceUnavailableError(
    `git ${error.command} failed for ${where}: ${firstLines(text) || 'no reason given'}`,
  );
}

/** Runs a step and explains what goes wrong in it. */
export async function explained<T>(
  where: string,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw explain(error, where);
  }
}
