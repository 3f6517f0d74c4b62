import { ServiceUnavailableError } from '@backstage/errors';
import type { ClusterCapabilities } from '../ports/Clusters';
import { KindNotServedError } from '../ports/ClusterErrors';
import {
  AGGREGATED,
  aggregated,
  type ApiResource,
  entriesOf,
  type GroupVersion,
  groupVersions,
  isAggregated,
} from './discoveryAnswers';
import { toError } from './errors';
import type { HttpTransport } from './HttpTransport';

interface Snapshot {
  version: string;
  /** Those that the last answer left out, too, until that is certain. */
  resources: Map<string, ApiResource>;
  /** Kinds that answers leave out that were served before, and since when. */
  missed: Map<string, Date>;
  /** Groups and versions that were never read, and why: what they serve isn't known. */
  unread: Map<string, string>;
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
/** An API server that starts answers for some seconds without the kinds of CRDs. */
const CONFIRM_MS = 15_000;

/** What is rendered hangs on whether the cluster has these; without an answer nothing is. */
const DECISIVE_GROUPS = [
  'cert-manager.io',
  'external-secrets.io',
  'gateway.networking.k8s.io',
  'traefik.io',
];

/**
 * Knows which kinds a cluster serves and under which path; asks once and keeps the answer with its age. That a kind is
 * gone decides about what is delivered and deleted, so it is believed only of a server that is ready, and says so twice.
 */
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
    const { version, resources, unread, asOf } = await this.current(MAX_AGE_MS);
    for (const [name, why] of unread)
      if (DECISIVE_GROUPS.includes(name.split('/')[0]))
        throw this.unknown(name, why);
    return { version, kinds: new Set(resources.keys()), asOf };
  }

  /**
   * Where the objects of a kind are; undefined when the cluster does not serve it. Throws `ServiceUnavailableError`
   * while that isn't certain.
   */
  async find(kind: KindRef): Promise<ApiResource | undefined> {
    return this.lookUp(kind, false);
  }

  /** As {@link Discovery.find}, for who takes it for a fact: throws also when only an old answer says that it isn't there. */
  async findSurely(kind: KindRef): Promise<ApiResource | undefined> {
    return this.lookUp(kind, true);
  }

  /** As {@link Discovery.find}, but throws {@link KindNotServedError}. */
  async resolve(kind: KindRef): Promise<ApiResource> {
    const found = await this.find(kind);
    if (!found) throw new KindNotServedError(this.options.cluster, kind);
    return found;
  }

  private async lookUp(
    kind: KindRef,
    surely: boolean,
  ): Promise<ApiResource | undefined> {
    const known = this.certain(await this.current(MAX_AGE_MS), kind);
    return (
      known ?? this.certain(await this.current(MISSING_AGE_MS, surely), kind)
    );
  }

  private certain(
    { resources, missed, unread }: Snapshot,
    kind: KindRef,
  ): ApiResource | undefined {
    const key = keyOf(kind);
    if (missed.has(key)) {
      throw new ServiceUnavailableError(
        `The cluster '${this.options.cluster}' does not list ${kind.apiVersion} ${kind.kind} any more, which it served before. That counts when it is ready (/readyz) and still says so after ${CONFIRM_MS / 1000} s; nothing is decided by it until then`,
      );
    }
    const why = unread.get(kind.apiVersion);
    if (why !== undefined) throw this.unknown(kind.apiVersion, why);
    return resources.get(key);
  }

  private unknown(groupVersion: string, why: string): Error {
    return new ServiceUnavailableError(
      `The cluster '${this.options.cluster}' does not say which kinds it serves of ${groupVersion}: ${why}`,
    );
  }

  private async current(maxAgeMs: number, anew = false): Promise<Snapshot> {
    const { snapshot } = this;
    if (
      snapshot &&
      this.options.now().getTime() - snapshot.asOf.getTime() <
        Math.min(maxAgeMs, patienceWith(snapshot))
    )
      return snapshot;
    this.pending ??= this.discover().finally(() => {
      this.pending = undefined;
    });
    try {
      return await this.pending;
    } catch (error) {
      // An old answer is better than none: kinds hardly ever go away.
      if (snapshot && !anew) return snapshot;
      throw error;
    }
  }

  private async discover(): Promise<Snapshot> {
    const before = this.snapshot;
    // Asked first, so that what is read is the answer of a server that was ready.
    const notReady =
      !before || before.missed.size > 0 ? await this.notReady() : undefined;
    if (!before && notReady) throw notReady;
    const [version, core, groups] = await Promise.all([
      this.fetch('/version'),
      this.fetch('/api', AGGREGATED),
      this.fetch('/apis', AGGREGATED),
    ]);
    const answer =
      isAggregated(core) && isAggregated(groups)
        ? [...aggregated(core), ...aggregated(groups)]
        : await this.legacy(groups);
    const asOf = this.options.now();
    this.snapshot = {
      version: String(
        (version as { gitVersion?: string }).gitVersion ?? 'unknown',
      ),
      ...merge(before, answer, asOf, notReady === undefined),
      asOf,
    };
    return this.snapshot;
  }

  private async legacy(groups: unknown): Promise<GroupVersion[]> {
    const names = groupVersions(groups);
    if (!names) {
      throw new ServiceUnavailableError(
        `The cluster '${this.options.cluster}' answered /apis with something that is no list of API groups`,
      );
    }
    return Promise.all(
      ['v1', ...names].map(async name => {
        const path = name === 'v1' ? '/api/v1' : `/apis/${name}`;
        const response = await this.options.transport.request({
          method: 'GET',
          path,
        });
        if (response.status === 404) return { name, entries: [] };
        const entries =
          response.status === 200
            ? entriesOf(name, path, response.body)
            : undefined;
        // An aggregated API whose server is away must not hide all others.
        return { name, entries: entries ?? this.refusal(path, response) };
      }),
    );
  }

  /** Why the server isn't ready; one that doesn't let us ask is taken to be. */
  private async notReady(): Promise<Error | undefined> {
    const path = '/readyz';
    const response = await this.options.transport.request({
      method: 'GET',
      path,
    });
    return response.status === 429 || response.status >= 500
      ? this.refusal(path, response)
      : undefined;
  }

  private async fetch(path: string, accept?: string): Promise<unknown> {
    const response = await this.options.transport.request({
      method: 'GET',
      path,
      accept,
    });
    if (response.status !== 200) throw this.refusal(path, response);
    return response.body;
  }

  private refusal(
    path: string,
    response: { status: number; body: unknown; text: string },
  ): Error {
    const { cluster } = this.options;
    const what = `list what it serves (${path})`;
    return toError({ cluster, what }, response);
  }
}

/** How long an answer counts by what is uncertain about it. */
function patienceWith({ missed, unread }: Snapshot): number {
  if (unread.size > 0) return MISSING_AGE_MS;
  return missed.size > 0 ? CONFIRM_MS : MAX_AGE_MS;
}

/** Lays an answer over the one before it: what is new counts at once, what is gone when it has stayed away. */
function merge(
  before: Snapshot | undefined,
  answer: GroupVersion[],
  now: Date,
  ready: boolean,
): Pick<Snapshot, 'resources' | 'missed' | 'unread'> {
  const resources = new Map<string, ApiResource>();
  const unread = new Map<string, string>();
  const kept = new Set<string>();
  for (const { name, entries } of answer) {
    if (Array.isArray(entries)) {
      for (const [key, resource] of entries) resources.set(key, resource);
      continue;
    }
    kept.add(name);
    const known = [...(before?.resources ?? [])].some(
      ([key]) => groupVersionOf(key) === name,
    );
    if (!known) unread.set(name, entries.message);
  }
  const missed = new Map<string, Date>();
  for (const [key, resource] of before?.resources ?? []) {
    if (resources.has(key)) continue;
    const since = before!.missed.get(key) ?? now;
    const gone = ready && now.getTime() - since.getTime() >= CONFIRM_MS;
    const isKept = kept.has(groupVersionOf(key));
    if (!isKept && gone) continue;
    resources.set(key, resource);
    if (!isKept) missed.set(key, since);
  }
  return { resources, missed, unread };
}

function groupVersionOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

function keyOf({ apiVersion, kind }: KindRef): string {
  return `${apiVersion}/${kind}`;
}
