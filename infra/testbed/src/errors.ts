/**
 * A failure that a person can act on: its message says what was found and what
 * to do, so the command line prints it without a stack.
 *
 * @public
 */
export class TestbedError extends Error {
  /** What the command line exits with. */
  readonly exitCode: number;

  constructor(
    message: string,
    options: { exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'TestbedError';
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Exit code of a run that needs a tool which this machine lacks. */
export const EXIT_MISSING_TOOL = 2;

/** True for the error that Node gives when a file does not exist. */
export function isNotFound(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
