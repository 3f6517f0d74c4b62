/** What discovery says about a kind. */
export interface ApiResource {
  /** Path below which its objects are: `/api/v1` or `/apis/<group>/<version>`. */
  root: string;
  plural: string;
  namespaced: boolean;
  verbs: string[];
}

/** A kind by its name (`group/version/Kind`), and where its objects are. */
export type Entry = [string, ApiResource];

/** What one group and version serves; an error where that could not be read, which says nothing about what it serves. */
export interface GroupVersion {
  /** `v1`, or `<group>/<version>`. */
  name: string;
  entries: Entry[] | Error;
}

/** All groups, versions and resources in two requests (Kubernetes 1.30 and newer), else the older form. */
export const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Answer of the newer form. */
interface AggregatedList {
  kind: 'APIGroupDiscoveryList';
  items: Array<{
    metadata?: { name?: string };
    versions: Array<{
      version: string;
      freshness?: string;
      resources?: Array<{
        resource: string;
        responseKind?: { kind?: string };
        scope: string;
        verbs?: string[];
      }>;
    }>;
  }>;
}

export function isAggregated(value: unknown): value is AggregatedList {
  const { kind, items } = (value ?? {}) as Partial<AggregatedList>;
  return kind === 'APIGroupDiscoveryList' && Array.isArray(items);
}

/** Reads the newer form. */
export function aggregated(list: AggregatedList): GroupVersion[] {
  return list.items.flatMap(group =>
    group.versions.map(({ version, freshness, resources = [] }) => {
      const named = group.metadata?.name;
      const name = named ? `${named}/${version}` : version;
      const root = named ? `/apis/${name}` : `/api/${version}`;
      // An aggregated API whose server is away, and wasn't read before.
      if (freshness === 'Stale' && resources.length === 0) {
        const entries = new Error('the server behind it does not answer');
        return { name, entries };
      }
      const entries = resources
        .filter(resource => resource.responseKind?.kind)
        .map((resource): Entry => [
          `${name}/${resource.responseKind!.kind}`,
          {
            root,
            plural: resource.resource,
            namespaced: resource.scope === 'Namespaced',
            verbs: resource.verbs ?? [],
          },
        ]);
      return { name, entries };
    }),
  );
}

/** The groups and versions of the older form; undefined when it is no such list. */
export function groupVersions(value: unknown): string[] | undefined {
  const { groups } = (value ?? {}) as {
    groups?: Array<{ versions: Array<{ groupVersion: string }> }>;
  };
  if (!Array.isArray(groups)) return undefined;
  return groups.flatMap(group => group.versions.map(v => v.groupVersion));
}

/** What one group and version says in the older form; undefined when it is no such list. */
export function entriesOf(
  name: string,
  root: string,
  value: unknown,
): Entry[] | undefined {
  const { resources } = (value ?? {}) as {
    resources?: Array<{
      name: string;
      kind: string;
      namespaced: boolean;
      verbs?: string[];
    }>;
  };
  return resources
    ?.filter(resource => !resource.name.includes('/'))
    .map(resource => [
      `${name}/${resource.kind}`,
      {
        root,
        plural: resource.name,
        namespaced: resource.namespaced,
        verbs: resource.verbs ?? [],
      },
    ]);
}
