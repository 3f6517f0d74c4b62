import type { Database, DatabaseOverride } from './database';
import type { ServiceSpec } from './serviceSpec';
import type { Workload, WorkloadOverride } from './workload';

/** The name that `port: 8080` stands for. @public */
export const DEFAULT_PORT_NAME = 'http';

/**
 * A workload without its short forms.
 *
 * @public
 */
export type NormalizedWorkload = Omit<Workload, 'port'>;

/**
 * A ServiceSpec without short forms, as renderers want it.
 *
 * @public
 */
export type NormalizedServiceSpec = Omit<ServiceSpec, 'spec'> & {
  spec: Omit<ServiceSpec['spec'], 'workloads'> & {
    workloads: NormalizedWorkload[];
  };
};

/**
 * Writes out the short forms of a spec: `port: 8080` becomes one http port.
 * Overrides keep theirs, because what they mean depends on the workload; see
 * {@link resolveEnvironment}.
 *
 * @public
 */
export function normalizeServiceSpec(spec: ServiceSpec): NormalizedServiceSpec {
  return {
    ...spec,
    spec: {
      ...spec.spec,
      workloads: spec.spec.workloads.map(normalizeWorkload),
    },
  };
}

/**
 * The workloads and databases of one environment: the spec's, with the
 * environment's overrides merged in and short forms written out. The merge is
 * the one that the override's schema describes. Answers undefined when the
 * spec has no such environment.
 *
 * @public
 */
export function resolveEnvironment(
  spec: ServiceSpec,
  environment: string,
): { workloads: NormalizedWorkload[]; databases: Database[] } | undefined {
  const found = spec.spec.environments.find(({ name }) => name === environment);
  if (!found) {
    return undefined;
  }
  const workloads = byName(found.overrides?.workloads);
  const databases = byName(found.overrides?.databases);
  return {
    workloads: spec.spec.workloads.map(workload =>
      overrideWorkload(
        normalizeWorkload(workload),
        workloads.get(workload.name),
      ),
    ),
    databases: spec.spec.databases.map(database =>
      overrideDatabase(database, databases.get(database.name)),
    ),
  };
}

function normalizeWorkload({
  port,
  ...workload
}: Workload): NormalizedWorkload {
  return port === undefined
    ? workload
    : { ...workload, ports: [httpPort(port), ...workload.ports] };
}

function httpPort(port: number): Workload['ports'][number] {
  return { name: DEFAULT_PORT_NAME, port, protocol: 'http' };
}

function overrideWorkload(
  workload: NormalizedWorkload,
  override?: WorkloadOverride,
): NormalizedWorkload {
  if (!override) {
    return workload;
  }
  const { port, image, resources, env, secrets, ...rest } = defined(override);
  const merged: NormalizedWorkload = { ...workload, ...rest };
  if (port !== undefined) {
    merged.ports = [httpPort(port), ...(rest.ports ?? [])];
  }
  // The two exclude each other, so the one that the environment names wins.
  if (rest.autoscaling) {
    delete merged.replicas;
  } else if (rest.replicas !== undefined) {
    delete merged.autoscaling;
  }
  if (image) {
    merged.image = mergeImage(workload.image, image);
  }
  if (resources) {
    const limits = {
      ...workload.resources.limits,
      ...defined(resources.limits ?? {}),
    };
    merged.resources = {
      ...workload.resources,
      ...defined(resources),
      ...(Object.keys(limits).length > 0 && { limits }),
    };
  }
  merged.env = mergeByName(workload.env, env);
  merged.secrets = mergeByName(workload.secrets, secrets);
  return merged;
}

function mergeImage(
  image: Workload['image'],
  override: NonNullable<WorkloadOverride['image']>,
): Workload['image'] {
  const merged = { ...image, ...defined(override) };
  // A digest belongs to the tag that it was written beside.
  if (override.revision !== undefined && override.digest === undefined) {
    delete merged.digest;
  }
  return merged;
}

function overrideDatabase(
  database: Database,
  override?: DatabaseOverride,
): Database {
  return override ? { ...database, ...defined(override) } : database;
}

function mergeByName<T extends { name: string }>(
  base: T[],
  overrides: T[] = [],
): T[] {
  const left = byName(overrides);
  const merged = base.map(item => {
    const override = left.get(item.name);
    left.delete(item.name);
    return override ?? item;
  });
  return [...merged, ...left.values()];
}

function byName<T extends { name: string }>(items: T[] = []): Map<string, T> {
  return new Map(items.map(item => [item.name, item]));
}

/** Drops keys that are present but undefined; a spread would let them win. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}
