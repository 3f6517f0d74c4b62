import { JsonObject, objectAt, objectsAt, stringAt } from './json';
import {
  BuiltInResource,
  Schema,
  builtInResources,
  definition,
} from './schema';
import { rootSchema } from './structural';
import { KubeObject } from './types';

/** One column of a table answer: a JSON path as in `additionalPrinterColumns`. */
export interface Column {
  name: string;
  type: string;
  jsonPath: string;
  priority?: number;
  description?: string;
  format?: string;
}

/** One resource in one version, as it is served. */
export interface ResourceKind {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  listKind: string;
  shortNames: string[];
  categories: string[];
  namespaced: boolean;
  /** Whether `/status` exists and the status is written only there. */
  status: boolean;
  /** Reviews: they are posted and answered, never stored. */
  createOnly: boolean;
  /** Whether changes of the spec count up `metadata.generation`. */
  generation: boolean;
  custom: boolean;
  schema: Schema;
  columns?: Column[];
  selectableFields: string[];
  deprecation?: string;
  /** The revision from which on watches can be had: a kind has no past from before it was defined. */
  since: number;
}

const SHORT_NAMES: Record<string, string[]> = {
  namespaces: ['ns'],
  configmaps: ['cm'],
  events: ['ev'],
  limitranges: ['limits'],
  persistentvolumeclaims: ['pvc'],
  pods: ['po'],
  resourcequotas: ['quota'],
  serviceaccounts: ['sa'],
  services: ['svc'],
  nodes: ['no'],
  customresourcedefinitions: ['crd', 'crds'],
  deployments: ['deploy'],
  replicasets: ['rs'],
  statefulsets: ['sts'],
  cronjobs: ['cj'],
  horizontalpodautoscalers: ['hpa'],
  networkpolicies: ['netpol'],
  ingresses: ['ing'],
  poddisruptionbudgets: ['pdb'],
};

const IN_ALL = new Set([
  'pods',
  'services',
  'deployments',
  'replicasets',
  'statefulsets',
  'cronjobs',
  'jobs',
  'horizontalpodautoscalers',
]);

const COUNTED = new Set([
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'cronjobs',
  'jobs',
  'networkpolicies',
  'ingresses',
  'poddisruptionbudgets',
  'customresourcedefinitions',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
]);

export function apiVersion(kind: { group: string; version: string }): string {
  return kind.group ? `${kind.group}/${kind.version}` : kind.version;
}

/** `plural.group`: the name of a resource's table in the store, whatever the version. */
export function resourceName(kind: { group: string; plural: string }): string {
  return kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
}

function builtIn(row: BuiltInResource): ResourceKind {
  return {
    group: row.group,
    version: row.version,
    plural: row.plural,
    singular: row.kind.toLowerCase(),
    kind: row.kind,
    listKind: `${row.kind}List`,
    shortNames: SHORT_NAMES[row.plural] ?? [],
    categories: IN_ALL.has(row.plural) ? ['all'] : [],
    namespaced: row.namespaced,
    status: row.status,
    createOnly: row.createOnly,
    generation: COUNTED.has(row.plural),
    custom: false,
    schema: definition(row.schema),
    selectableFields: [],
    since: 0,
  };
}

/** The served versions of a custom resource definition. */
export function kindsOf(crd: KubeObject, since: number): ResourceKind[] {
  const spec = objectAt(crd, 'spec') ?? {};
  const names =
    objectAt(crd, 'status', 'acceptedNames') ?? objectAt(spec, 'names') ?? {};
  return objectsAt(spec, 'versions')
    .filter(version => version.served)
    .map(version => ({
      group: String(spec.group),
      version: String(version.name),
      plural: String(names.plural),
      singular: stringAt(names, 'singular') ?? String(names.kind).toLowerCase(),
      kind: String(names.kind),
      listKind: stringAt(names, 'listKind') ?? `${String(names.kind)}List`,
      shortNames: (names.shortNames as string[] | undefined) ?? [],
      categories: (names.categories as string[] | undefined) ?? [],
      namespaced: spec.scope === 'Namespaced',
      status: Boolean(objectAt(version, 'subresources', 'status')),
      createOnly: false,
      generation: true,
      custom: true,
      schema: rootSchema(
        objectAt(version, 'schema', 'openAPIV3Schema') as Schema | undefined,
      ),
      columns: objectsAt(
        version,
        'additionalPrinterColumns',
      ) as unknown as Column[],
      selectableFields: objectsAt(version, 'selectableFields').map(one =>
        String(one.jsonPath).replace(/^\./, ''),
      ),
      deprecation: version.deprecated
        ? (stringAt(version, 'deprecationWarning') ??
          `${String(spec.group)}/${String(version.name)} ${String(names.kind)} is deprecated`)
        : undefined,
      since,
    }));
}

/** What a cluster serves: the built-in resources and those that its custom resource definitions add. */
export class KindRegistry {
  private readonly builtIns = builtInResources.map(builtIn);
  private readonly custom = new Map<string, ResourceKind[]>();

  all(): ResourceKind[] {
    return [...this.builtIns, ...[...this.custom.values()].flat()];
  }

  find(
    group: string,
    version: string,
    plural: string,
  ): ResourceKind | undefined {
    return this.all().find(
      one =>
        one.group === group && one.version === version && one.plural === plural,
    );
  }

  findKind(version: string, kind: string): ResourceKind | undefined {
    return this.all().find(
      one => one.kind === kind && apiVersion(one) === version,
    );
  }

  /** Any served version of a resource. */
  findResource(resource: string): ResourceKind | undefined {
    return this.all().find(one => resourceName(one) === resource);
  }

  groups(): Map<string, string[]> {
    const groups = new Map<string, string[]>();
    for (const one of this.all()) {
      const versions = groups.get(one.group) ?? [];
      if (!versions.includes(one.version)) versions.push(one.version);
      groups.set(one.group, versions);
    }
    return groups;
  }

  define(crd: KubeObject, revision: number): void {
    const since = this.custom.get(crd.metadata.name)?.[0]?.since ?? revision;
    this.custom.set(crd.metadata.name, kindsOf(crd, since));
  }

  forget(crdName: string): void {
    this.custom.delete(crdName);
  }

  clear(): void {
    this.custom.clear();
  }
}

/** The empty metadata that a list answers with. */
export function listMeta(resourceVersion: number): JsonObject {
  return { resourceVersion: String(resourceVersion) };
}
