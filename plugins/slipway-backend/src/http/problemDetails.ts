import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import type { ApiProblemDetails } from '@slipway/plugin-slipway-common';
import type { ErrorRequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import { databaseIsAway } from '../domain/databaseAway';
import { InvalidFilesError } from '../services/errors';
import { redact } from '../domain/redact';

const STATUS: Record<string, number> = {
  InputError: 400,
  InvalidFilesError: 422,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  NotModifiedError: 304,
  NotImplementedError: 501,
  ServiceUnavailableError: 503,
};

function statusOf(
  error: Error & { status?: number; statusCode?: number },
): number {
  const named = STATUS[error.name];
  if (named) return named;
  const own = error.status ?? error.statusCode;
  return own && own >= 400 && own < 600 ? own : 500;
}

function foreseenOf(error: unknown): Error {
  if (databaseIsAway(error))
    return new ServiceUnavailableError(
      "Slipway's database doesn't answer, so nothing can be shown or changed; it is asked again by itself. Try again in a moment",
    );
  return isError(error) ? error : new Error(String(error));
}

/**
 * Every error as problem details (RFC 9457). What we did not foresee is told by an id only; its text goes to the log.
 */
export function problemDetails(logger: LoggerService): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = foreseenOf(error);
    const status = statusOf(known);
    const instance = `urn:uuid:${randomUUID()}`;
    const foreseen = status < 500 || status === 503 || status === 501;
    if (!foreseen) {
      logger.error(
        `${request.method} ${request.baseUrl}${request.path} failed (${instance}): ${redact(known.stack ?? known.message)}`,
      );
    }
    const body: ApiProblemDetails = {
      type: 'about:blank',
      title: foreseen ? known.name : 'InternalError',
      status,
      detail: foreseen
        ? redact(known.message)
        : `Something went wrong that we did not foresee. Quote ${instance} to the platform team.`,
      instance,
      ...(known instanceof InvalidFilesError
        ? { problems: known.problems }
        : {}),
    };
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(body));
  };
}
