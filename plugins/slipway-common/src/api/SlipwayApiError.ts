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
  static from(response: { status: number; statusText: string }, body: unknown): SlipwayApiError {
    const value = (typeof body === 'object' && body !== null ? body : {}) as {
      title?: string;
      detail?: string;
      error?: { name?: string; message?: string };
    };
    if (typeof value.title === 'string') {
      return new SlipwayApiError(response.status, body as ApiProblemDetails);
    }
    return new SlipwayApiError(response.status, {
      type: 'about:blank',
      title: value.error?.name ?? 'ResponseError',
      status: response.status,
      detail: value.error?.message ?? `The server answered ${response.status} ${response.statusText}.`,
    });
  }
}
