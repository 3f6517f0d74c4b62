import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  CredentialsRefusedError,
  FieldConflictError,
  FieldOwner,
} from '../ports/ClusterErrors';
import { ResourceVersionExpiredError } from '../ports/ClusterWatch';

/** The parts of a `metav1.Status` that we read. */
interface ApiStatus {
  message?: string;
  reason?: string;
  details?: {
    causes?: Array<{ reason?: string; message?: string; field?: string }>;
  };
}

/** The API server's own word for what was tried, such as `apply Namespace shop--web--prod`. */
export interface Attempt {
  cluster: string;
  what: string;
}

/** Turns an answer that is no success into the error of its kind, with the API server's own message. */
export function toError(
  attempt: Attempt,
  response: { status: number; body: unknown; text: string },
): Error {
  const status = (isObject(response.body) ? response.body : {}) as ApiStatus;
  const said =
    status.message ??
    (response.text.trim().slice(0, 500) || `HTTP ${response.status}`);
  const message = `The cluster '${attempt.cluster}' refused to ${attempt.what}: ${said}`;
  const causes = status.details?.causes ?? [];
  if (causes.some(cause => cause.reason === 'NamespaceTerminating')) {
    // Reported as 403, but nobody lacks a right: the namespace is on its way out and can be made again afterwards.
    return new ConflictError(message);
  }
  switch (response.status) {
    case 401:
      return new CredentialsRefusedError(attempt.cluster, said);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return conflict(message, causes);
    case 410:
      return new ResourceVersionExpiredError(message);
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      return new InputError(message);
    default:
      return new ServiceUnavailableError(
        response.status === 429 || response.status >= 500
          ? `The cluster '${attempt.cluster}' could not ${attempt.what}: ${said}`
          : message,
      );
  }
}

function conflict(
  message: string,
  causes: NonNullable<NonNullable<ApiStatus['details']>['causes']>,
): Error {
  const owners = causes
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map((cause): FieldOwner => ({
      manager:
        /conflict with "([^"]*)"/.exec(cause.message ?? '')?.[1] ??
        cause.message ??
        'unknown',
      field: cause.field ?? '',
    }));
  return owners.length > 0
    ? new FieldConflictError(message, owners)
    : new ConflictError(message);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
