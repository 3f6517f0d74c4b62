import { canonicalQuantities, defaultBuiltIn } from './defaults';
import { clone, dropNulls, isObject } from './json';
import { ResourceKind, apiVersion, resourceName } from './kinds';
import { ApiError, FieldError, badRequest, invalid } from './status';
import { applyDefaults, prune, validate, wrongType } from './structural';
import { KubeObject } from './types';
import { validateBuiltIn } from './validation';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** What a request says beside the object. */
export interface DecodeOptions {
  fieldValidation: FieldValidation;
  warn: (text: string) => void;
}

/** Takes a body apart: is it an object of this kind, in this version, with metadata that are an object? */
export function parseObject(kind: ResourceKind, body: unknown): KubeObject {
  if (!isObject(body))
    throw badRequest('the request body must be a JSON object');
  const object = clone(body) as KubeObject;
  object.apiVersion ??= apiVersion(kind);
  object.kind ??= kind.kind;
  if (object.apiVersion !== apiVersion(kind) || object.kind !== kind.kind) {
    const [found, wanted] = [
      `${object.apiVersion}, Kind=${object.kind}`,
      `${apiVersion(kind)}, Kind=${kind.kind}`,
    ];
    throw badRequest(
      `the API version in the data (${found}) does not match the expected API version (${wanted})`,
    );
  }
  object.metadata ??= { name: '' };
  if (!isObject(object.metadata))
    throw badRequest('metadata must be an object');
  return object;
}

/** Removes (and tells of, or refuses) what the schema doesn't know, and fills in defaults. */
export function normalise(
  kind: ResourceKind,
  input: KubeObject,
  options: DecodeOptions,
): KubeObject {
  const object = kind.custom ? input : (dropNulls(input) as KubeObject);
  if (!kind.custom) {
    const wrong = wrongType(object, kind.schema);
    if (wrong) {
      throw badRequest(
        `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${wrong}`,
      );
    }
  }
  const managedFields = object.metadata.managedFields;
  const unknown = prune(object, kind.schema);
  if (managedFields) object.metadata.managedFields = managedFields;
  if (unknown.length && options.fieldValidation === 'Strict') {
    const text = `strict decoding error: ${unknown.map(one => `unknown field "${one}"`).join(', ')}`;
    throw badRequest(
      kind.custom
        ? text
        : `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${text}`,
    );
  }
  if (options.fieldValidation === 'Warn')
    unknown.forEach(one => options.warn(`unknown field "${one}"`));
  if (kind.custom) {
    applyDefaults(object, kind.schema);
  } else {
    canonicalQuantities(object, kind.schema);
    defaultBuiltIn(resourceName(kind), object);
  }
  dropEmptyMetadata(object);
  return object;
}

function dropEmptyMetadata(object: KubeObject): void {
  const { metadata } = object;
  for (const key of [
    'labels',
    'annotations',
    'finalizers',
    'ownerReferences',
  ] as const) {
    const value = metadata[key];
    if (value === null || (value && Object.keys(value).length === 0))
      delete metadata[key];
  }
}

/** Fails with every rule that the object breaks. */
export function check(
  kind: ResourceKind,
  object: KubeObject,
  live?: KubeObject,
): void {
  const errors: FieldError[] = validate(object, kind.schema).filter(
    one => !one.field.startsWith('metadata.managedFields'),
  );
  errors.push(...validateBuiltIn(kind, object, live));
  if (errors.length)
    throw invalid(kind.group, kind.kind, object.metadata.name, errors);
}

export function requireBody(body: unknown): asserts body is object {
  if (body === undefined || body === null)
    throw new ApiError(400, 'BadRequest', 'the request has no body');
}
