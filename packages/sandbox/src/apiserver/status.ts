import { JsonObject } from './json';

export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

/** One finding of validation, in the words of Kubernetes' `field.Error`. */
export interface FieldError {
  type:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueTypeInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany';
  field: string;
  message: string;
}

/** A failure that is answered as a Kubernetes `Status` object. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: JsonObject,
  ) {
    super(message);
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

/** What a message needs to know of a resource. */
export interface ResourceName {
  group: string;
  plural: string;
  kind: string;
}

function qualified(resource: ResourceName): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function detailsOf(resource: ResourceName, name: string): JsonObject {
  return {
    name,
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.plural,
  };
}

export function notFound(resource: ResourceName, name: string): ApiError {
  return new ApiError(
    404,
    'NotFound',
    `${qualified(resource)} "${name}" not found`,
    detailsOf(resource, name),
  );
}

export function alreadyExists(resource: ResourceName, name: string): ApiError {
  return new ApiError(
    409,
    'AlreadyExists',
    `${qualified(resource)} "${name}" already exists`,
    detailsOf(resource, name),
  );
}

export function conflict(
  resource: ResourceName,
  name: string,
  message: string,
): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${message}`,
    detailsOf(resource, name),
  );
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function forbidden(
  resource: ResourceName,
  name: string,
  message: string,
  causes?: StatusCause[],
): ApiError {
  const which = name ? `${qualified(resource)} "${name}"` : qualified(resource);
  return new ApiError(403, 'Forbidden', `${which} is forbidden: ${message}`, {
    ...detailsOf(resource, name),
    ...(causes ? { causes } : {}),
  });
}

export function gone(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

export function notImplemented(what: string): ApiError {
  return new ApiError(
    501,
    'NotImplemented',
    `the Slipway sandbox does not serve ${what}; packages/sandbox/README.md lists what it supports, a real cluster serves the rest`,
  );
}

export function invalid(
  group: string,
  kind: string,
  name: string,
  errors: FieldError[],
): ApiError {
  const texts = errors.map(one => `${one.field}: ${one.message}`);
  const summary = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const causes = errors.map(one => ({
    reason: one.type,
    message: one.message,
    field: one.field,
  }));
  return new ApiError(
    422,
    'Invalid',
    `${group ? `${kind}.${group}` : kind} "${name}" is invalid: ${summary}`,
    {
      name,
      ...(group ? { group } : {}),
      kind,
      causes,
    },
  );
}
