/**
 * Makes `src/generated/kubernetes.json` from the OpenAPI v3 documents of a real Kubernetes API server.
 *
 *   node scripts/generate-schema.ts <folder with api__v1_openapi.json, apis__apps__v1_openapi.json, …>
 *
 * The folder is `api/openapi-spec/v3` of the Go module `k8s.io/kubernetes` (or the saved answers of a running server's
 * `/openapi/v3/...`). Descriptions are left out: what remains is what merging, validating and listing needs.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

type Json = { [key: string]: unknown };

const SERVED: Record<string, string[]> = {
  v1: [
    'namespaces',
    'pods',
    'services',
    'serviceaccounts',
    'secrets',
    'configmaps',
    'resourcequotas',
    'limitranges',
    'persistentvolumeclaims',
    'events',
    'nodes',
  ],
  'apps/v1': ['deployments', 'replicasets', 'statefulsets'],
  'batch/v1': ['cronjobs', 'jobs'],
  'networking.k8s.io/v1': ['networkpolicies', 'ingresses'],
  'rbac.authorization.k8s.io/v1': [
    'roles',
    'rolebindings',
    'clusterroles',
    'clusterrolebindings',
  ],
  'autoscaling/v2': ['horizontalpodautoscalers'],
  'policy/v1': ['poddisruptionbudgets'],
  'apiextensions.k8s.io/v1': ['customresourcedefinitions'],
  'coordination.k8s.io/v1': ['leases'],
  'authorization.k8s.io/v1': [
    'subjectaccessreviews',
    'selfsubjectaccessreviews',
    'localsubjectaccessreviews',
    'selfsubjectrulesreviews',
  ],
  'authentication.k8s.io/v1': ['tokenreviews', 'selfsubjectreviews'],
  'admissionregistration.k8s.io/v1': [
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
  ],
};

const EXTRA_DEFINITIONS = [
  'io.k8s.api.authentication.v1.TokenRequest',
  'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Status',
];

const KEPT = [
  'type',
  'format',
  'required',
  'default',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-preserve-unknown-fields',
];

function refName(ref: unknown): string {
  return String(ref).replace('#/components/schemas/', '');
}

/** Keeps the structure of a schema and turns `allOf: [{$ref}]` into a plain reference. */
function trim(schema: Json, seen: (name: string) => void): Json {
  const out: Json = {};
  const allOf = schema.allOf as Json[] | undefined;
  const ref = schema.$ref ?? (allOf?.length === 1 ? allOf[0].$ref : undefined);
  if (ref) {
    out.$ref = refName(ref);
    seen(refName(ref));
  }
  for (const key of KEPT) {
    // An empty object as default means "the zero value of the Go struct": it carries nothing.
    if (
      schema[key] !== undefined &&
      !(key === 'default' && (typeof schema[key] === 'object' || ref))
    ) {
      out[key] = schema[key];
    }
  }
  if (schema.oneOf && !ref) out['x-int-or-string'] = true;
  if (schema.properties) {
    out.properties = Object.fromEntries(
      Object.entries(schema.properties as Json).map(([name, value]) => [
        name,
        trim(value as Json, seen),
      ]),
    );
  }
  if (schema.items) out.items = trim(schema.items as Json, seen);
  if (
    schema.additionalProperties &&
    typeof schema.additionalProperties === 'object'
  ) {
    out.additionalProperties = trim(schema.additionalProperties as Json, seen);
  }
  // A free-form object (RawExtension) or a schema that says nothing (JSON) keeps whatever it is given.
  const free =
    schema.type === 'object'
      ? !out.properties && !out.additionalProperties
      : !schema.type;
  if (free && !ref && !schema.oneOf)
    out['x-kubernetes-preserve-unknown-fields'] = true;
  return out;
}

function main(folder: string): void {
  const source: Json = {};
  const resources: Json[] = [];
  const known: string[] = [];
  for (const file of readdirSync(folder).sort()) {
    const match = /^(api__v1|apis__(.+)__(v\d+))_openapi\.json$/.exec(file);
    if (!match) continue;
    const group = match[2] ?? '';
    const version = match[3] ?? 'v1';
    const gv = group ? `${group}/${version}` : version;
    const document = JSON.parse(
      readFileSync(join(folder, file), 'utf8'),
    ) as Json;
    Object.assign(source, (document.components as Json).schemas);
    const root = group ? `/apis/${group}/${version}/` : '/api/v1/';
    const paths = document.paths as Record<string, Record<string, Json>>;
    for (const [path, item] of Object.entries(paths)) {
      const plain = path.startsWith(root) ? path.slice(root.length) : '';
      const shape = /^(namespaces\/\{namespace\}\/)?([a-z]+)$/.exec(plain);
      if (!shape || !item.post) continue;
      const plural = shape[2];
      known.push(group ? `${plural}.${group}` : plural);
      if (!SERVED[gv]?.includes(plural)) continue;
      const gvk = item.post['x-kubernetes-group-version-kind'] as {
        kind: string;
      };
      const definition = Object.entries(source).find(([, value]) =>
        (
          (value as Json)['x-kubernetes-group-version-kind'] as
            Json[] | undefined
        )?.some(
          one =>
            one.group === group &&
            one.version === version &&
            one.kind === gvk.kind,
        ),
      );
      if (!definition) throw new Error(`no schema for ${gv} ${gvk.kind}`);
      resources.push({
        group,
        version,
        plural,
        kind: gvk.kind,
        namespaced: Boolean(shape[1]),
        status: Boolean(paths[`${path}/{name}/status`]),
        createOnly: !paths[`${path}/{name}`],
        schema: definition[0],
      });
    }
  }
  const definitions: Json = {};
  const queue = [
    ...resources.map(one => String(one.schema)),
    ...EXTRA_DEFINITIONS,
  ];
  while (queue.length) {
    const name = queue.pop()!;
    if (definitions[name]) continue;
    if (!source[name]) throw new Error(`no definition ${name}`);
    definitions[name] = trim(source[name] as Json, other => queue.push(other));
  }
  const sorted = Object.keys(definitions).sort();
  const lines = [
    '{',
    `"resources": [\n${resources.map(one => JSON.stringify(one)).join(',\n')}\n],`,
    `"known": ${JSON.stringify([...new Set(known)].sort())},`,
    `"definitions": {\n${sorted.map(name => `${JSON.stringify(name)}:${JSON.stringify(definitions[name])}`).join(',\n')}\n}`,
    '}',
    '',
  ];
  writeFileSync(
    resolve(import.meta.dirname, '../src/generated/kubernetes.json'),
    lines.join('\n'),
  );
}

main(process.argv[2]);
