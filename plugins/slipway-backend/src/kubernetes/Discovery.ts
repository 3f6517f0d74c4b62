import type { ClusterCapabilities } from '../ports/Clusters';
import { KindNotServedError } from '../ports/ClusterErrors';
import { toError } from './errors';
import type { ApiResponse, HttpTransport } from './HttpTransport';

/** What discovery says about a kind. */
export interface ApiResource {
  /** Path below which its objects are: `/api/v1` or `/apis/<group>/<version>`. */
  root: string;
  plural: string;
  namespaced: boolean;
  verbs: string[];
}

interface Snapshot {
  version: string;
  resources: Map<string, ApiResource>;
  asOf: Date;
}

interface KindRef {
  apiVersion: string;
  kind: string;
}

/** What is served changes when somebody installs a CRD or upgrades: rarely. */
const MAX_AGE_MS = 10 * 60_000;
/** A kind that is missing may just have been installed; asked again at most this often. */
const MISSING_AGE_MS = 10_000;

/** All groups, versions and resources in two requests (Kubernetes 1.30 and newer), else the older form. */
const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Knows which kinds a cluster serves and under which path; asks once and keeps the answer with its age. */
export class Discovery {
  static create(options: {
    cluster: string;
    transport: HttpTransport;
    now: () => Date;
  }): Discovery {
    return new Discovery(options);
  }

  private snapshot: Snapshot | undefined;
  private pending: Promise<Snapshot> | undefined;

  private constructor(
    private readonly options: {
      cluster: string;
      transport: HttpTransport;
      now: () => Date;
    },
  ) {}

  async capabilities(): Promise<ClusterCapabilities> {
    const { version, resources, asOf } = await this.current(MAX_AGE_MS);
    return { version, kinds: new Set(resources.keys()), asOf };
  }

  /** Where the objects of a kind are; undefined when the cluster does not serve it. */
  async find(kind: KindRef): Promise<ApiResource | undefined> {
    const found = (await this.current(MAX_AGE_MS)).resources.get(keyOf(kind));
    return (
      found ?? (await this.current(MISSING_AGE_MS)).resources.get(keyOf(kind))
    );
  }

  /** As {@link Discovery.find}, but throws {@link KindNotServedError}. */
  async resolve(kind: KindRef): Promise<ApiResource> {
    const found = await this.find(kind);
    if (!found) throw new KindNotServedError(this.options.cluster, kind);
    return found;
  }

  private async current(maxAgeMs: number): Promise<Snapshot> {
    const { snapshot } = this;
    if (
      snapshot &&
      this.options.now().getTime() - snapshot.asOf.getTime() < maxAgeMs
    )
      return snapshot;
    this.pending ??= this.discover().finally(() => {
      this.pending = undefined;
    });
    try {
      return await this.pending;
    } catch (error) {
      // An old answer is better than none: kinds hardly ever go away.
      if (snapshot) return snapshot;
      throw error;
    }
  }

  private async discover(): Promise<Snapshot> {
    const [version, core, groups] = await Promise.all([
      this.fetch('/version'),
      this.fetch('/api', AGGREGATED),
      this.fetch('/apis', AGGREGATED),
    ]);
    const lists =
      isAggregated(core) && isAggregated(groups)
        ? [aggregated(core), aggregated(groups)]
        : await this.legacy(groups);
    this.snapshot = {
      version: String(
        (version as { gitVersion?: string }).gitVersion ?? 'unknown',
      ),
      resources: new Map(lists.flat()),
      asOf: this.options.now(),
    };
    return this.snapshot;
  }

  private async legacy(
    groups: unknown,
  ): Promise<Array<Array<[string, ApiResource]>>> {
    const versions = ((groups as GroupList).groups ?? []).flatMap(group =>
      group.versions.map(v => v.groupVersion),
    );
    const named = ['v1', ...versions].map(groupVersion => ({
      groupVersion,
      root: groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`,
    }));
    return Promise.all(
      named.map(async ({ groupVersion, root }) => {
        // An aggregated API whose server is away must not hide all others.
        const response = await this.options.transport.request({
          method: 'GET',
          path: root,
        });
        if (response.status !== 200) return [];
        const { resources = [] } = response.body as ResourceList;
        return resources
          .filter(resource => !resource.name.includes('/'))
          .map((resource): [string, ApiResource] => [
            `${groupVersion}/${resource.kind}`,
            {
              root,
              plural: resource.name,
              namespaced: resource.namespaced,
              verbs: resource.verbs ?? [],
            },
          ]);
      }),
    );
  }

  private async fetch(path: string, accept?: string): Promise<unknown> {
    const response: ApiResponse = await this.options.transport.request({
      method: 'GET',
      path,
      accept,
    });
    if (response.status !== 200) {
      throw toError(
        {
          cluster: this.options.cluster,
          what: `list what it serves (${path})`,
        },
        response,
      );
    }
    return response.body;
  }
}

interface GroupList {
  groups?: Array<{ versions: Array<{ groupVersion: string }> }>;
}

interface ResourceList {
  resources?: Array<{
    name: string;
    kind: string;
    namespaced: boolean;
    verbs?: string[];
  }>;
}

interface AggregatedList {
  kind: 'APIGroupDiscoveryList';
  items: Array<{
    metadata?: { name?: string };
    versions: Array<{
      version: string;
      resources?: Array<{
        resource: string;
        responseKind?: { kind?: string };
        scope: string;
        verbs?: string[];
      }>;
    }>;
  }>;
}

function isAggregated(value: unknown): value is AggregatedList {
  return (
    (value as { kind?: string } | undefined)?.kind === 'APIGroupDiscoveryList'
  );
}

function aggregated(list: AggregatedList): Array<[string, ApiResource]> {
  return list.items.flatMap(group =>
    group.versions.flatMap(({ version, resources = [] }) => {
      const name = group.metadata?.name;
      const groupVersion = name ? `${name}/${version}` : version;
      const root = name ? `/apis/${groupVersion}` : `/api/${version}`;
      return resources
        .filter(resource => resource.responseKind?.kind)
        .map((resource): [string, ApiResource] => [
          `${groupVersion}/${resource.responseKind!.kind}`,
          {
            root,
            plural: resource.resource,
            namespaced: resource.scope === 'Namespaced',
            verbs: resource.verbs ?? [],
          },
        ]);
    }),
  );
}

function keyOf({ apiVersion, kind }: KindRef): string {
  return `${apiVersion}/${kind}`;
}
