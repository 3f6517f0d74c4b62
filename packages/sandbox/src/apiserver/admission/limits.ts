import { Admission, AdmissionRequest } from '../api';
import { JsonObject, objectAt, objectsAt, stringAt } from '../json';
import { resourceName } from '../kinds';
import { qosClass } from '../lifecycle';
import { formatQuantity, parseQuantity } from '../quantity';
import { forbidden } from '../status';
import { Store } from '../store';
import { KubeObject } from '../types';

/** Keeps a claim while a Pod uses it; a controller takes it away. */
export const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection';

/** A Pod stays five minutes on a node that fell silent. */
function tolerateNodes(spec: JsonObject): void {
  const tolerations = objectsAt(spec, 'tolerations');
  const keys = ['not-ready', 'unreachable'].map(
    one => `node.kubernetes.io/${one}`,
  );
  const added = keys
    .filter(key => !tolerations.some(one => one.key === key))
    .map(key => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    }));
  spec.tolerations = [...tolerations, ...added];
}

/** The default service account, a LimitRange's defaults and limits, and a ResourceQuota's hard limits. */
export class Limits implements Admission {
  constructor(private readonly store: Store) {}

  mutate({ kind, object, operation }: AdmissionRequest): void {
    if (operation !== 'CREATE') return;
    if (resourceName(kind) === 'persistentvolumeclaims') {
      const others = object.metadata.finalizers ?? [];
      object.metadata.finalizers = [...new Set([...others, CLAIM_PROTECTION])];
    }
    if (resourceName(kind) !== 'pods') return;
    const spec = objectAt(object, 'spec') ?? {};
    spec.priority ??= 0;
    spec.preemptionPolicy ??= 'PreemptLowerPriority';
    tolerateNodes(spec);
    if (!spec.serviceAccountName)
      spec.serviceAccountName = spec.serviceAccount = 'default';
    for (const limit of this.containerLimits(object)) {
      for (const container of containers(object)) {
        const resources = (container.resources ??= {}) as JsonObject;
        const limits = {
          ...objectAt(limit, 'default'),
          ...objectAt(resources, 'limits'),
        };
        const requests = {
          ...objectAt(limit, 'defaultRequest'),
          ...objectAt(resources, 'requests'),
        };
        if (Object.keys(limits).length) resources.limits = limits;
        if (Object.keys(requests).length) resources.requests = requests;
      }
    }
    this.classify(object);
  }

  private classify(object: KubeObject): void {
    object.status = {
      ...objectAt(object, 'status'),
      qosClass: qosClass(objectAt(object, 'spec') ?? {}),
    };
  }

  validate({ kind, object, live, operation }: AdmissionRequest): void {
    if (operation === 'DELETE') return;
    const resource = resourceName(kind);
    if (operation === 'CREATE' && resource === 'pods')
      this.checkLimitRanges(kind, object);
    if (operation === 'CREATE' || resource === 'persistentvolumeclaims')
      this.checkQuotas(kind, object, live);
  }

  private containerLimits(object: KubeObject): JsonObject[] {
    const ranges = this.store.list('limitranges', object.metadata.namespace);
    return ranges
      .flatMap(one => objectsAt(one, 'spec', 'limits'))
      .filter(one => one.type === 'Container');
  }

  private checkLimitRanges(
    kind: AdmissionRequest['kind'],
    object: KubeObject,
  ): void {
    for (const limit of this.containerLimits(object)) {
      for (const container of containers(object)) {
        for (const [name, max] of Object.entries(
          objectAt(limit, 'max') ?? {},
        )) {
          const asked = stringAt(container, 'resources', 'limits', name);
          if (
            asked !== undefined &&
            parseQuantity(asked) > parseQuantity(String(max))
          ) {
            throw forbidden(
              kind,
              object.metadata.name,
              `maximum ${name} usage per Container is ${String(max)}, but limit is ${asked}`,
            );
          }
        }
        for (const [name, min] of Object.entries(
          objectAt(limit, 'min') ?? {},
        )) {
          const asked = stringAt(container, 'resources', 'requests', name);
          if (
            asked !== undefined &&
            parseQuantity(asked) < parseQuantity(String(min))
          ) {
            throw forbidden(
              kind,
              object.metadata.name,
              `minimum ${name} usage per Container is ${String(min)}, but request is ${asked}`,
            );
          }
        }
      }
    }
  }

  private checkQuotas(
    kind: AdmissionRequest['kind'],
    object: KubeObject,
    live?: KubeObject,
  ): void {
    const asked = usageOf(resourceName(kind), object);
    const before = live
      ? usageOf(resourceName(kind), live)
      : new Map<string, bigint>();
    for (const quota of this.store.list(
      'resourcequotas',
      object.metadata.namespace,
    )) {
      const hard = objectAt(quota, 'spec', 'hard') ?? {};
      const used = quotaUsage(this.store, quota);
      const exceeded: string[] = [];
      for (const [name, limit] of Object.entries(hard)) {
        const more = (asked.get(name) ?? 0n) - (before.get(name) ?? 0n);
        const needsFigure =
          resourceName(kind) === 'pods' &&
          /^((requests|limits)\.)?(cpu|memory)$/.test(name);
        if (needsFigure && !asked.has(name)) {
          throw forbidden(
            kind,
            object.metadata.name,
            `failed quota: ${quota.metadata.name}: must specify ${name} for: ${containers(
              object,
            )
              .map(one => String(one.name))
              .join(',')}`,
          );
        }
        if (
          more > 0n &&
          (used.get(name) ?? 0n) + more > parseQuantity(String(limit))
        )
          exceeded.push(name);
      }
      if (!exceeded.length) continue;
      const show = (map: Map<string, bigint>) =>
        exceeded
          .map(
            one =>
              `${one}=${formatQuantity(map.get(one) ?? 0n, String(hard[one]))}`,
          )
          .join(',');
      const limits = exceeded
        .map(one => `${one}=${String(hard[one])}`)
        .join(',');
      throw forbidden(
        kind,
        object.metadata.name,
        `exceeded quota: ${quota.metadata.name}, requested: ${show(asked)}, used: ${show(used)}, limited: ${limits}`,
      );
    }
  }
}

function containers(pod: KubeObject): JsonObject[] {
  return [
    ...objectsAt(pod, 'spec', 'containers'),
    ...objectsAt(pod, 'spec', 'initContainers'),
  ];
}

function add(map: Map<string, bigint>, name: string, value: bigint): void {
  map.set(name, (map.get(name) ?? 0n) + value);
}

/** What one object counts for in a quota. */
export function usageOf(
  resource: string,
  object: KubeObject,
): Map<string, bigint> {
  const usage = new Map<string, bigint>();
  const one = parseQuantity(1);
  const [plural, ...group] = resource.split('.');
  add(usage, `count/${group.length ? resource : plural}`, one);
  if (resource === 'pods') {
    const phase = stringAt(object, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') return usage;
    add(usage, 'pods', one);
    for (const container of objectsAt(object, 'spec', 'containers')) {
      for (const list of ['requests', 'limits']) {
        for (const [name, quantity] of Object.entries(
          objectAt(container, 'resources', list) ?? {},
        )) {
          add(usage, `${list}.${name}`, parseQuantity(String(quantity)));
          if (list === 'requests')
            add(usage, name, parseQuantity(String(quantity)));
        }
      }
    }
  } else if (resource === 'persistentvolumeclaims') {
    add(usage, plural, one);
    add(
      usage,
      'requests.storage',
      parseQuantity(
        stringAt(object, 'spec', 'resources', 'requests', 'storage') ?? '0',
      ),
    );
  } else if (
    !group.length &&
    ['services', 'secrets', 'configmaps', 'resourcequotas'].includes(plural)
  ) {
    add(usage, plural, one);
    if (
      resource === 'services' &&
      objectAt(object, 'spec')?.type === 'LoadBalancer'
    )
      add(usage, 'services.loadbalancers', one);
  }
  return usage;
}

/** What a namespace uses of everything that a quota limits. */
export function quotaUsage(
  store: Store,
  quota: KubeObject,
): Map<string, bigint> {
  const total = new Map<string, bigint>();
  const hard = Object.keys(objectAt(quota, 'spec', 'hard') ?? {});
  for (const name of hard) total.set(name, 0n);
  const counted = hard
    .filter(name => name.startsWith('count/'))
    .map(name => name.slice('count/'.length));
  const tables = new Set([
    'pods',
    'persistentvolumeclaims',
    'services',
    'secrets',
    'configmaps',
    'resourcequotas',
    ...counted,
  ]);
  for (const table of tables) {
    for (const object of store.list(table, quota.metadata.namespace)) {
      for (const [name, value] of usageOf(table, object))
        if (total.has(name)) add(total, name, value);
    }
  }
  return total;
}
