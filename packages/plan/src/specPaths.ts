import type {
  NormalizedWorkload,
  PathSegment,
  ServiceEnvironment,
  ServiceSpec,
} from '@slipway/plugin-slipway-common';

type Named = Record<string, unknown>;

/** Fields that an override merges key by key; others replace as a whole. */
const MERGED_BY_KEY = ['image', 'resources'];

/** Fields that an override merges by the names of their items. */
const MERGED_BY_NAME = ['env', 'secrets'];

/**
 * Says which place of a spec a value of an environment was read from: the
 * workload's own, or the environment's override.
 *
 * @internal
 */
export class SpecPaths {
  readonly environment: string;
  readonly #spec: ServiceSpec['spec'];
  readonly #overrides: ServiceEnvironment['overrides'];

  constructor(spec: ServiceSpec, environment: string) {
    this.environment = `environments[${environment}]`;
    this.#spec = spec.spec;
    this.#overrides = spec.spec.environments.find(
      ({ name }) => name === environment,
    )?.overrides;
  }

  /** Path of a field of a workload, such as `resources.limits.cpu` or `env[LOG]`. */
  workload(name: string, field?: string): string {
    return this.#path('workloads', name, field);
  }

  /** Path of a field of a database. */
  database(name: string, field?: string): string {
    return this.#path('databases', name, field);
  }

  /** Path of a port, which may have been written in its short form. */
  port(workload: NormalizedWorkload, index: number, field = 'port'): string {
    const override = named(this.#overrides?.workloads, workload.name);
    const overridden =
      override?.port !== undefined || override?.ports !== undefined;
    const written = overridden
      ? override
      : named(this.#spec.workloads, workload.name);
    const base = overridden
      ? `${this.environment}.overrides.workloads[${workload.name}]`
      : `workloads[${workload.name}]`;
    return written?.port !== undefined && index === 0
      ? `${base}.port`
      : `${base}.ports[${workload.ports[index].name}].${field}`;
  }

  #path(
    list: 'workloads' | 'databases',
    name: string,
    field: string | undefined,
  ): string {
    const own = `${list}[${name}]`;
    if (field === undefined) {
      return own;
    }
    const override = named(this.#overrides?.[list], name);
    return override && overrides(override, field)
      ? `${this.environment}.overrides.${own}.${field}`
      : `${own}.${field}`;
  }
}

function overrides(override: Named, field: string): boolean {
  const [head, item] = field.split(/[.[\]]+/);
  if (MERGED_BY_NAME.includes(head) && item) {
    return (
      named(override[head] as Array<{ name: string }> | undefined, item) !==
      undefined
    );
  }
  if (MERGED_BY_KEY.includes(head)) {
    let value: unknown = override;
    for (const key of field.split('.')) {
      value = (value as Named | undefined)?.[key];
    }
    return value !== undefined;
  }
  return override[head] !== undefined;
}

function named(
  items: readonly { name: string }[] | undefined,
  name: string,
): Named | undefined {
  return items?.find(item => item.name === name) as Named | undefined;
}

/**
 * A spec path such as `workloads[web].env[LOG].value` in the steps that the
 * parser counts in: `['spec', 'workloads', 0, 'env', 3, 'value']`. Answers the
 * steps as far as they exist in the spec.
 *
 * @public
 */
export function specPathSegments(
  spec: ServiceSpec,
  specPath: string,
): PathSegment[] {
  const segments: PathSegment[] = ['spec'];
  let value: unknown = spec.spec;
  for (const [, field, item] of specPath.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    const step = field ?? indexOf(value, item);
    value = (value as Named | undefined)?.[step as string];
    if (step === undefined || value === undefined) {
      return segments;
    }
    segments.push(step);
  }
  return segments;
}

function indexOf(list: unknown, item: string): number | undefined {
  if (!Array.isArray(list)) {
    return undefined;
  }
  const byName = list.findIndex(
    entry => (entry as Named | null)?.name === item,
  );
  const index = byName < 0 && /^[0-9]+$/.test(item) ? Number(item) : byName;
  return index < 0 ? undefined : index;
}
