import {
  JsonObject,
  at,
  equal,
  isObject,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from './json';
import { ResourceKind, resourceName } from './kinds';
import { parseQuantity } from './quantity';
import { FieldError } from './status';
import { crdErrors } from './crd';
import { KubeObject } from './types';

/**
 * Rules that the schema doesn't hold: names, labels, immutable fields, a few of each kind that people run into. A real
 * API server has many more; the README says so.
 */

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const LABEL_NAMED = new Set(['namespaces', 'services']);

function invalidValue(
  field: string,
  value: unknown,
  message: string,
): FieldError {
  return {
    type: 'FieldValueInvalid',
    field,
    message: `Invalid value: ${JSON.stringify(value)}: ${message}`,
  };
}

function required(field: string): FieldError {
  return { type: 'FieldValueRequired', field, message: 'Required value' };
}

function metadataErrors(kind: ResourceKind, object: KubeObject): FieldError[] {
  const { name, labels = {}, annotations = {} } = object.metadata;
  const errors: FieldError[] = [];
  if (kind.group === 'rbac.authorization.k8s.io') {
    if (/[/%]/.test(name) || name === '.' || name === '..') {
      errors.push(
        invalidValue('metadata.name', name, "may not contain '/' or '%'"),
      );
    }
  } else if (LABEL_NAMED.has(resourceName(kind))) {
    if (!LABEL.test(name))
      errors.push(invalidValue('metadata.name', name, LABEL_TEXT));
    if (name.length > 63)
      errors.push(
        invalidValue('metadata.name', name, 'must be no more than 63 bytes'),
      );
  } else {
    if (!SUBDOMAIN.test(name))
      errors.push(invalidValue('metadata.name', name, SUBDOMAIN_TEXT));
    if (name.length > 253)
      errors.push(
        invalidValue('metadata.name', name, 'must be no more than 253 bytes'),
      );
  }
  errors.push(...labelErrors(labels, 'metadata.labels'));
  for (const key of Object.keys(annotations)) {
    if (!QUALIFIED.test(key.toLowerCase()))
      errors.push(
        invalidValue('metadata.annotations', key, 'not a qualified name'),
      );
  }
  const size = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
  if (size > 256 * 1024) {
    errors.push({
      type: 'FieldValueTooLong',
      field: 'metadata.annotations',
      message: 'Too long: may not be more than 262144 bytes',
    });
  }
  (object.metadata.ownerReferences ?? []).forEach((owner, index) => {
    for (const key of ['apiVersion', 'kind', 'name', 'uid'] as const) {
      if (!owner[key])
        errors.push(
          invalidValue(
            `metadata.ownerReferences[${index}].${key}`,
            owner[key] ?? '',
            `${key} must not be empty`,
          ),
        );
    }
  });
  return errors;
}

function labelErrors(
  labels: Record<string, string>,
  path: string,
): FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const errors: FieldError[] = [];
    const name = key.split('/').pop() ?? '';
    if (!QUALIFIED.test(key) || name.length > 63) {
      errors.push(
        invalidValue(
          path,
          key,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        ),
      );
    }
    if (!LABEL_VALUE.test(value))
      errors.push(invalidValue(path, value, VALUE_TEXT));
    if (value.length > 63)
      errors.push(invalidValue(path, value, 'must be no more than 63 bytes'));
    return errors;
  });
}

function podErrors(
  spec: JsonObject | undefined,
  path: string,
  claims: JsonObject[] = [],
): FieldError[] {
  const errors: FieldError[] = [];
  const volumes = new Set([
    ...objectsAt(spec, 'volumes').map(one => one.name),
    // A StatefulSet's claims become volumes of the same names.
    ...claims.map(one => stringAt(one, 'metadata', 'name')),
  ]);
  for (const list of ['containers', 'initContainers']) {
    const names = new Set<unknown>();
    if (list === 'containers' && spec && objectsAt(spec, list).length === 0)
      errors.push(required(`${path}.containers`));
    objectsAt(spec, list).forEach((one, index) => {
      const here = `${path}.${list}[${index}]`;
      if (!one.image) errors.push(required(`${here}.image`));
      const name = String(one.name ?? '');
      if (one.name !== undefined && !LABEL.test(name))
        errors.push(invalidValue(`${here}.name`, name, LABEL_TEXT));
      if (names.has(name))
        errors.push({
          type: 'FieldValueDuplicate',
          field: `${here}.name`,
          message: `Duplicate value: "${name}"`,
        });
      names.add(name);
      objectsAt(one, 'ports').forEach((port, position) => {
        errors.push(
          ...portErrors(
            port.containerPort,
            `${here}.ports[${position}].containerPort`,
          ),
        );
      });
      errors.push(...resourceErrors(one, here));
      objectsAt(one, 'volumeMounts').forEach((mount, position) => {
        if (!volumes.has(mount.name)) {
          errors.push({
            type: 'FieldValueInvalid',
            field: `${here}.volumeMounts[${position}].name`,
            message: `Not found: "${String(mount.name)}"`,
          });
        }
      });
    });
  }
  return errors;
}

function resourceErrors(container: JsonObject, path: string): FieldError[] {
  const limits = objectAt(container, 'resources', 'limits') ?? {};
  const requests = objectAt(container, 'resources', 'requests') ?? {};
  return Object.entries(requests)
    .filter(
      ([name, asked]) =>
        limits[name] !== undefined &&
        parseQuantity(String(asked)) > parseQuantity(String(limits[name])),
    )
    .map(([name, asked]) =>
      invalidValue(
        `${path}.resources.requests`,
        asked,
        `must be less than or equal to ${name} limit of ${String(limits[name])}`,
      ),
    );
}

function portErrors(value: unknown, field: string): FieldError[] {
  return typeof value === 'number' && (value < 1 || value > 65535)
    ? [invalidValue(field, value, 'must be between 1 and 65535, inclusive')]
    : [];
}

function templateErrors(spec: JsonObject): FieldError[] {
  const wanted = objectAt(spec, 'selector', 'matchLabels') ?? {};
  const labels = objectAt(spec, 'template', 'metadata', 'labels') ?? {};
  const errors = podErrors(
    objectAt(spec, 'template', 'spec'),
    'spec.template.spec',
    objectsAt(spec, 'volumeClaimTemplates'),
  );
  if (Object.entries(wanted).some(([key, value]) => labels[key] !== value)) {
    errors.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels,
        '`selector` does not match template `labels`',
      ),
    );
  }
  return errors;
}

function immutable(
  object: KubeObject,
  live: KubeObject | undefined,
  path: string[],
  message = 'field is immutable',
): FieldError[] {
  if (!live || equal(at(object, ...path), at(live, ...path))) return [];
  return [invalidValue(path.join('.'), at(object, ...path) ?? null, message)];
}

/** Everything of a spec but the named fields. */
function rest(object: KubeObject, ...names: string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(objectAt(object, 'spec') ?? {}).filter(
      ([key]) => !names.includes(key),
    ),
  );
}

function forbiddenChange(changed: boolean, message: string): FieldError[] {
  return changed
    ? [
        {
          type: 'FieldValueForbidden',
          field: 'spec',
          message: `Forbidden: ${message}`,
        },
      ]
    : [];
}

type Rule = (
  object: KubeObject,
  live: KubeObject | undefined,
  spec: JsonObject,
) => FieldError[];

const DATA_KEY = /^[-._a-zA-Z0-9]+$/;
const DATA_KEY_TEXT =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function dataKeyErrors(object: KubeObject): FieldError[] {
  const keys = [object.data, object.binaryData].flatMap(one =>
    isObject(one) ? Object.keys(one) : [],
  );
  return keys
    .filter(key => !DATA_KEY.test(key))
    .map(key => invalidValue(`data[${key}]`, key, DATA_KEY_TEXT));
}

const frozenData: Rule = (object, live): FieldError[] => [
  ...dataKeyErrors(object),
  ...(live?.immutable === true && !equal(object.data, live.data)
    ? [
        {
          type: 'FieldValueForbidden' as const,
          field: 'data',
          message: 'Forbidden: field is immutable when `immutable` is set',
        },
      ]
    : []),
];

const roleRef: Rule = (object, live) =>
  immutable(object, live, ['roleRef'], 'cannot change roleRef');

const MUTABLE_STATEFULSET = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const RULES: Record<string, Rule> = {
  pods: (object, live, spec) => [
    ...podErrors(spec, 'spec'),
    ...forbiddenChange(
      live !== undefined && !equal(podIdentity(object), podIdentity(live)),
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ),
  ],
  secrets: (object, live, spec) => [
    ...frozenData(object, live, spec),
    ...immutable(object, live, ['type']),
  ],
  configmaps: frozenData,
  services: (object, live, spec) => [
    ...objectsAt(spec, 'ports').flatMap((port, index) =>
      portErrors(port.port, `spec.ports[${index}].port`),
    ),
    ...(spec.type === 'ExternalName' ||
    objectsAt(spec, 'ports').length ||
    spec.clusterIP === 'None'
      ? []
      : [required('spec.ports')]),
    ...(stringAt(live, 'spec', 'clusterIP')
      ? immutable(object, live, ['spec', 'clusterIP'])
      : []),
  ],
  persistentvolumeclaims: (object, live, spec) => [
    ...(objectsAt(spec, 'accessModes').length || Array.isArray(spec.accessModes)
      ? []
      : [required('spec.accessModes')]),
    ...(at(spec, 'resources', 'requests', 'storage')
      ? []
      : [required('spec.resources[storage]')]),
    ...forbiddenChange(
      live !== undefined &&
        !equal(
          rest(object, 'resources', 'volumeName'),
          rest(live, 'resources', 'volumeName'),
        ),
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    ),
  ],
  'deployments.apps': (object, live, spec) => [
    ...templateErrors(spec),
    ...immutable(object, live, ['spec', 'selector']),
  ],
  'replicasets.apps': (object, live, spec) => [
    ...templateErrors(spec),
    ...immutable(object, live, ['spec', 'selector']),
  ],
  'statefulsets.apps': (object, live, spec) => [
    ...templateErrors(spec),
    ...forbiddenChange(
      live !== undefined &&
        !equal(
          rest(object, ...MUTABLE_STATEFULSET),
          rest(live, ...MUTABLE_STATEFULSET),
        ),
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ),
  ],
  'jobs.batch': (object, live, spec) => [
    ...podErrors(objectAt(spec, 'template', 'spec'), 'spec.template.spec'),
    ...(['OnFailure', 'Never'].includes(
      String(at(spec, 'template', 'spec', 'restartPolicy')),
    )
      ? []
      : [
          {
            type: 'FieldValueRequired' as const,
            field: 'spec.template.spec.restartPolicy',
            message: 'Required value: valid values: "OnFailure", "Never"',
          },
        ]),
    ...immutable(object, live, ['spec', 'template']),
  ],
  'cronjobs.batch': (_, __, spec) => [
    ...podErrors(
      objectAt(spec, 'jobTemplate', 'spec', 'template', 'spec'),
      'spec.jobTemplate.spec.template.spec',
    ),
    ...(/^(@\w+( \S+)?|(\S+\s+){4}\S+)$/.test(String(spec.schedule ?? ''))
      ? []
      : [
          invalidValue(
            'spec.schedule',
            spec.schedule ?? '',
            'expected exactly 5 fields',
          ),
        ]),
  ],
  'rolebindings.rbac.authorization.k8s.io': roleRef,
  'clusterrolebindings.rbac.authorization.k8s.io': roleRef,
  'horizontalpodautoscalers.autoscaling': (_, __, spec) =>
    (numberAt(spec, 'maxReplicas') ?? 0) < (numberAt(spec, 'minReplicas') ?? 1)
      ? [
          invalidValue(
            'spec.maxReplicas',
            spec.maxReplicas,
            'must be greater than or equal to `minReplicas`',
          ),
        ]
      : [],
  'customresourcedefinitions.apiextensions.k8s.io': (object, live) => [
    ...crdErrors(object),
    ...immutable(object, live, ['spec', 'scope']),
    ...immutable(object, live, ['spec', 'group']),
    ...immutable(object, live, ['spec', 'names', 'plural']),
  ],
};

/** What of a Pod may not change once it exists. */
function podIdentity(pod: KubeObject): JsonObject {
  const spec = rest(
    pod,
    'activeDeadlineSeconds',
    'tolerations',
    'nodeName',
    'terminationGracePeriodSeconds',
  );
  for (const list of ['containers', 'initContainers']) {
    if (Array.isArray(spec[list]))
      spec[list] = objectsAt(spec, list).map(({ image, ...others }) => others);
  }
  return spec;
}

export function validateBuiltIn(
  kind: ResourceKind,
  object: KubeObject,
  live?: KubeObject,
): FieldError[] {
  const errors = metadataErrors(kind, object);
  const rule = kind.custom ? undefined : RULES[resourceName(kind)];
  if (rule)
    errors.push(
      ...rule(object, live, isObject(object.spec) ? object.spec : {}),
    );
  return errors;
}
