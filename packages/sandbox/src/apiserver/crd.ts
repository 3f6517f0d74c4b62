import { JsonObject, isObject, objectAt, objectsAt, stringAt } from './json';
import { FieldError } from './status';
import { KubeObject, timestamp } from './types';

/** Custom resource definitions: are they structural, and what a served one says of itself. */

function required(field: string, message: string): FieldError {
  return {
    type: 'FieldValueRequired',
    field,
    message: `Required value: ${message}`,
  };
}

function forbidden(field: string, message: string): FieldError {
  return {
    type: 'FieldValueForbidden',
    field,
    message: `Forbidden: ${message}`,
  };
}

/** A structural schema names the type of every node and decides in each object what is pruned. */
function structuralErrors(
  schema: JsonObject,
  path: string,
  root: boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (schema.$ref !== undefined)
    errors.push(forbidden(`${path}.$ref`, '$ref is not supported'));
  if (!schema.type && !intOrString && (!open || root)) {
    errors.push(
      required(
        `${path}.type`,
        `must not be empty for specified ${root ? 'root' : 'object fields'}`,
      ),
    );
  }
  if (schema.type && intOrString)
    errors.push(
      forbidden(
        `${path}.type`,
        'must be empty if x-kubernetes-int-or-string is true',
      ),
    );
  if (schema.type === 'array' && !isObject(schema.items))
    errors.push(required(`${path}.items`, 'must be specified'));
  if (isObject(schema.properties) && isObject(schema.additionalProperties)) {
    errors.push(
      forbidden(
        `${path}.additionalProperties`,
        'additionalProperties and properties are mutual exclusive',
      ),
    );
  }
  if (schema['x-kubernetes-list-type'] === 'map') {
    const keys = schema['x-kubernetes-list-map-keys'];
    if (!Array.isArray(keys) || !keys.length) {
      errors.push(
        required(
          `${path}.x-kubernetes-list-map-keys`,
          'must not be empty if x-kubernetes-list-type is map',
        ),
      );
    } else {
      for (const key of keys) {
        const items = objectAt(schema, 'items');
        const declared = objectAt(items, 'properties', String(key));
        const wanted =
          Array.isArray(items?.required) && items.required.includes(key);
        if (!declared || (!wanted && declared.default === undefined)) {
          errors.push(
            required(
              `${path}.items.properties[${String(key)}].default`,
              'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property',
            ),
          );
        }
      }
    }
  }
  for (const [name, value] of Object.entries(
    objectAt(schema, 'properties') ?? {},
  )) {
    if (isObject(value))
      errors.push(
        ...structuralErrors(value, `${path}.properties[${name}]`, false),
      );
  }
  if (isObject(schema.items))
    errors.push(...structuralErrors(schema.items, `${path}.items`, false));
  if (isObject(schema.additionalProperties)) {
    errors.push(
      ...structuralErrors(
        schema.additionalProperties,
        `${path}.additionalProperties`,
        false,
      ),
    );
  }
  return errors;
}

export function crdErrors(crd: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(crd, 'spec') ?? {};
  const plural = stringAt(spec, 'names', 'plural');
  if (crd.metadata.name !== `${plural}.${String(spec.group)}`) {
    errors.push({
      type: 'FieldValueInvalid',
      field: 'metadata.name',
      message: `Invalid value: "${crd.metadata.name}": must be spec.names.plural+"."+spec.group`,
    });
  }
  const versions = objectsAt(spec, 'versions');
  if (versions.filter(one => one.storage === true).length !== 1) {
    errors.push({
      type: 'FieldValueInvalid',
      field: 'spec.versions',
      message:
        'Invalid value: must have exactly one version marked as storage version',
    });
  }
  versions.forEach((version, index) => {
    const schema = objectAt(version, 'schema', 'openAPIV3Schema');
    // With one version a real server names the field that older definitions had.
    const path =
      versions.length === 1
        ? 'spec.validation.openAPIV3Schema'
        : `spec.versions[${index}].schema.openAPIV3Schema`;
    if (!schema) errors.push(required(path, 'schemas are required'));
    else errors.push(...structuralErrors(schema, path, true));
  });
  return errors;
}

/** What the sandbox stores of a definition but doesn't carry out: the client is warned. */
export function crdWarnings(crd: KubeObject): string[] {
  const spec = objectAt(crd, 'spec') ?? {};
  const warnings: string[] = [];
  if (JSON.stringify(spec).includes('"x-kubernetes-validations"')) {
    warnings.push(
      'the Slipway sandbox stores x-kubernetes-validations but does not evaluate them',
    );
  }
  if (stringAt(spec, 'conversion', 'strategy') === 'Webhook') {
    warnings.push(
      'the Slipway sandbox does not call conversion webhooks: versions differ in apiVersion only',
    );
  }
  return warnings;
}

/** The status of a definition whose names are accepted. */
export function establishedStatus(crd: KubeObject, now: Date): JsonObject {
  const spec = objectAt(crd, 'spec') ?? {};
  const previous = objectsAt(crd, 'status', 'conditions');
  const condition = (type: string, reason: string, message: string) =>
    previous.find(one => one.type === type && one.status === 'True') ?? {
      type,
      status: 'True',
      lastTransitionTime: timestamp(now),
      reason,
      message,
    };
  const storage = objectsAt(spec, 'versions').find(one => one.storage)?.name;
  const stored =
    (objectAt(crd, 'status')?.storedVersions as unknown[] | undefined) ?? [];
  return {
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition(
        'Established',
        'InitialNamesAccepted',
        'the initial names have been accepted',
      ),
    ],
    acceptedNames: spec.names,
    storedVersions: stored.includes(storage) ? stored : [...stored, storage],
  };
}
