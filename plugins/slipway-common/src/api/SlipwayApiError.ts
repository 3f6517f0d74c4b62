import type { ApiProblemDetails } from './types';

/**
 * An answer of the API that isn't what was asked for. `name` is the name of the backend's error
 * (`NotFoundError`, `ConflictError`, `NotAllowedError`, …), so that `isError`-style checks work across the wire.
 * @public
 */
export class SlipwayApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** The body, when it was problem details. */
  readonly details: ApiProblemDetails;

  constructor(status: number, details: ApiProblemDetails) {
    super(details.detail ?? details.title);
    this.name = details.title;
    this.status = status;
    this.details = details;
  }

  /** What is wrong with the input, field by field; empty when it is something else. */
  get problems(): NonNullable<ApiProblemDetails['problems']> {
    return this.details.problems ?? [];
  }

  /** Rebuilds the error from a body that may be problem details, a Backstage error, or anything else. */
  static from(
    response: { status: number; statusText: string },
    body: unknown,
  ): SlipwayApiError {
    const { title, detail, problems, error } = fieldsOf(body);
    const named = text(title);
    if (named) {
      return new SlipwayApiError(response.status, {
        ...(body as ApiProblemDetails),
        title: named,
        detail: text(detail),
        problems: Array.isArray(problems) ? problems : undefined,
      });
    }
    const { name, message } = fieldsOf(error);
    const status = `${response.status} ${response.statusText}`.trim();
    return new SlipwayApiError(response.status, {
      type: 'about:blank',
      title: text(name) ?? 'ResponseError',
      status: response.status,
      detail: text(message) ?? `The server answered ${status}.`,
    });
  }
}

/** The fields of what may be an object: an error may come from a proxy that has never heard of us. */
function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
