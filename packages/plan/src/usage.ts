import {
  addQuantities,
  isQuantity,
  multiplyQuantity,
  parseQuantity,
  ZERO_QUANTITY,
  type Quantity,
} from '@slipway/plugin-slipway-common';
import { escapePointer } from './trace';
import type { KubernetesObject, PlanTerms } from './types';

/** What one object asks of its namespace, by the names of a ResourceQuota. @internal */
export type Usage = ReadonlyMap<string, Quantity>;

/** What a container gets that says nothing itself. @internal */
export type ContainerDefaults = Pick<
  PlanTerms,
  'defaultLimits' | 'defaultRequests'
>;

/** The Pods that an object runs. @internal */
export interface Pods {
  usage: Usage;
  fewest: number;
  most: number;
  /** True when a new Pod is started before an old one stops. */
  surges: boolean;
}

type Fields = Record<string, unknown>;

/**
 * The Pods of a Deployment, StatefulSet or CronJob, with the numbers that an
 * autoscaler of the same objects allows. Answers undefined for other kinds.
 *
 * @internal
 */
export function podsOf(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  terms: ContainerDefaults,
): Pods | undefined {
  const { spec } = object;
  const template = templateOf(object);
  if (!template) {
    return undefined;
  }
  const scaler = objects.find(
    candidate =>
      candidate.kind === 'HorizontalPodAutoscaler' &&
      at(candidate.spec, 'scaleTargetRef', 'name') === object.metadata.name,
  )?.spec;
  const replicas =
    object.kind === 'CronJob' ? 1 : wholeNumber(at(spec, 'replicas'), 1);
  return {
    usage: podUsage(at(object, ...template), terms),
    fewest: wholeNumber(at(scaler, 'minReplicas'), replicas),
    most: wholeNumber(at(scaler, 'maxReplicas'), replicas),
    surges:
      object.kind === 'Deployment' &&
      at(spec, 'strategy', 'type') !== 'Recreate',
  };
}

/** The steps to the spec of an object's Pods. */
function templateOf({ kind }: KubernetesObject): string[] | undefined {
  switch (kind) {
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
    case 'Deployment':
    case 'StatefulSet':
      return ['spec', 'template', 'spec'];
    default:
      return undefined;
  }
}

/** A container as it was rendered and patched. @internal */
export interface ContainerResources {
  name: string;
  /** Where it stands in its object. */
  pointer: string;
  limits: Fields;
  requests: Fields;
}

/** The containers of an object's Pods, those that run before the others last. @internal */
export function containersOf(object: KubernetesObject): ContainerResources[] {
  const template = templateOf(object);
  return ['containers', 'initContainers'].flatMap(list =>
    template
      ? items(at(object, ...template, list)).map((container, index) => ({
          name: `${at(container, 'name')}`,
          pointer: ['', ...template, list, `${index}`]
            .map(escapePointer)
            .join('/'),
          limits: fields(at(container, 'resources', 'limits')),
          requests: fields(at(container, 'resources', 'requests')),
        }))
      : [],
  );
}

/** What an object uses of a quota when all its Pods run. @internal */
export function usageOf(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  terms: ContainerDefaults,
): Usage {
  const pods = podsOf(object, objects, terms);
  const claims = claimsOf(object);
  const counted: Array<[string, Quantity]> = [
    ...(pods ? [...times(pods.usage, pods.most)] : []),
    ...claims.map((size): [string, Quantity] => ['requests.storage', size]),
    ...(claims.length > 0
      ? [count('persistentvolumeclaims', claims.length)]
      : []),
    ...(object.kind === 'Service' ? [count('services', 1)] : []),
    ...(object.kind === 'Service' && at(object.spec, 'type') === 'LoadBalancer'
      ? [count('services.loadbalancers', 1)]
      : []),
  ];
  return sum([counted]);
}

/** The sizes of the disks that an object asks for. @internal */
export function claimsOf({ kind, spec }: KubernetesObject): Quantity[] {
  if (kind === 'PersistentVolumeClaim') {
    return [sizeOf(spec)];
  }
  if (kind !== 'StatefulSet') {
    return [];
  }
  const replicas = wholeNumber(at(spec, 'replicas'), 1);
  return items(at(spec, 'volumeClaimTemplates')).flatMap(template =>
    Array.from({ length: replicas }, () => sizeOf(at(template, 'spec'))),
  );
}

/** Adds up what several objects use. @internal */
export function sum(usages: Array<Iterable<[string, Quantity]>>): Usage {
  const total = new Map<string, Quantity>();
  for (const usage of usages) {
    for (const [resource, quantity] of usage) {
      total.set(
        resource,
        addQuantities(total.get(resource) ?? ZERO_QUANTITY, quantity),
      );
    }
  }
  return total;
}

/**
 * What one Pod counts for. Init containers run before the others, so of the
 * two the larger counts.
 */
function podUsage(pod: unknown, defaults: ContainerDefaults): Usage {
  const each = (containers: unknown) =>
    items(containers).map(container =>
      containerUsage(at(container, 'resources'), defaults),
    );
  const usage = new Map(sum(each(at(pod, 'containers'))));
  for (const init of each(at(pod, 'initContainers'))) {
    for (const [resource, quantity] of init) {
      const other = usage.get(resource);
      if (!other || other.nanos < quantity.nanos) {
        usage.set(resource, quantity);
      }
    }
  }
  usage.set('pods', parseQuantity('1'));
  return usage;
}

function containerUsage(
  resources: unknown,
  { defaultLimits, defaultRequests }: ContainerDefaults,
): Usage {
  const own = fields(at(resources, 'limits'));
  const limits = { ...defaultLimits, ...own };
  // Kubernetes takes the limit for the request where only a limit is stated.
  const requests = {
    ...defaultRequests,
    ...own,
    ...fields(at(resources, 'requests')),
  };
  return new Map([
    ...quantities('limits', limits, ['cpu', 'memory']),
    ...quantities('requests', requests),
  ]);
}

function quantities(
  prefix: string,
  amounts: Fields,
  only?: string[],
): Array<[string, Quantity]> {
  return Object.entries(amounts).flatMap(([resource, amount]) =>
    amount === undefined || (only && !only.includes(resource))
      ? []
      : [[`${prefix}.${resource}`, quantityOf(amount)]],
  );
}

function times(usage: Usage, factor: number): Array<[string, Quantity]> {
  return [...usage].map(([resource, quantity]) => [
    resource,
    multiplyQuantity(quantity, factor),
  ]);
}

function count(resource: string, number: number): [string, Quantity] {
  return [resource, parseQuantity(`${number}`)];
}

function sizeOf(claim: unknown): Quantity {
  return quantityOf(at(claim, 'resources', 'requests', 'storage'));
}

/** A patch may have written anything; what is no quantity counts for nothing. */
function quantityOf(amount: unknown): Quantity {
  const text = `${amount}`;
  return isQuantity(text) ? parseQuantity(text) : ZERO_QUANTITY;
}

/** More Pods than this can't be meant, and would only make the sums slow. */
const MOST_PODS = 100_000;

function wholeNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? Math.min(value, MOST_PODS)
    : otherwise;
}

/*
 * A patch may have put anything anywhere. What has another shape than
 * Kubernetes wants is refused by the cluster, and counts for nothing here.
 */

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((inner, key) => fields(inner)[key], value);
}

function fields(value: unknown): Fields {
  return value !== null && typeof value === 'object' ? (value as Fields) : {};
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
