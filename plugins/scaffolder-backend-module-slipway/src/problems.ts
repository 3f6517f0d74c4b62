import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  formatProblem,
  SlipwayApiError,
  type Problem,
} from '@slipway/plugin-slipway-common';

/** Fails the step with every problem, one a line. @internal */
export function problemsError(
  what: string,
  problems: readonly Problem[],
): InputError {
  return new InputError(
    [what, ...problems.map(problem => `  ${formatProblem(problem)}`)].join(
      '\n',
    ),
  );
}

const BY_NAME = {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} as const;

/**
 * Calls the backend and turns what goes wrong into an error that a person can
 * act on: what was tried, what was answered, every problem on its own line.
 *
 * @internal
 */
export async function calling<T>(
  tried: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof SlipwayApiError) {
      throw fromApi(tried, error);
    }
    // What fetch throws when nobody answers.
    if (isError(error) && error.name === 'TypeError') {
      throw new ServiceUnavailableError(
        `${tried}: the Slipway backend can't be reached. Nothing was changed; run the step again.`,
        error,
      );
    }
    throw error;
  }
}

function fromApi(tried: string, error: SlipwayApiError): Error {
  const message = [
    `${tried}: ${error.message}`,
    ...error.problems.map(problem => `  ${formatProblem(problem)}`),
    ...(error.details.instance ? [`Request ${error.details.instance}.`] : []),
  ].join('\n');
  const Known = Object.hasOwn(BY_NAME, error.name)
    ? BY_NAME[error.name as keyof typeof BY_NAME]
    : errorOfStatus(error.status);
  return Known ? new Known(message) : new Error(message);
}

function errorOfStatus(status: number) {
  return {
    400: InputError,
    403: NotAllowedError,
    404: NotFoundError,
    409: ConflictError,
    503: ServiceUnavailableError,
  }[status];
}
