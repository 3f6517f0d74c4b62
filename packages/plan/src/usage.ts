import {
  addQuantities,
  isQuantity,
  multiplyQuantity,
  parseQuantity,
  ZERO_QUANTITY,
  type Quantity,
} from '@slipway/plugin-slipway-common';
import type { KubernetesObject, PlanTerms } from './types';

/** What one object asks of its namespace, by the names of a ResourceQuota. @internal */
export type Usage = ReadonlyMap<string, Quantity>;

/** The parts of a container that count. */
interface ContainerShape {
  resources?: {
    requests?: Record<string, string | number>;
    limits?: Record<string, string | number>;
  };
}

interface PodShape {
  containers?: ContainerShape[];
  initContainers?: ContainerShape[];
}

interface ClaimShape {
  resources?: { requests?: { storage?: string | number } };
}

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
  terms: Pick<PlanTerms, 'defaultLimits'>,
): Pods | undefined {
  const spec = object.spec as Fields | undefined;
  const template =
    object.kind === 'CronJob'
      ? at(spec, 'jobTemplate', 'spec', 'template', 'spec')
      : at(spec, 'template', 'spec');
  if (!['Deployment', 'StatefulSet', 'CronJob'].includes(object.kind)) {
    return undefined;
  }
  const scaler = objects.find(
    candidate =>
      candidate.kind === 'HorizontalPodAutoscaler' &&
      at(candidate.spec as Fields, 'scaleTargetRef', 'name') ===
        object.metadata.name,
  )?.spec as { minReplicas?: number; maxReplicas?: number } | undefined;
  const replicas =
    object.kind === 'CronJob' ? 1 : wholeNumber(spec?.replicas, 1);
  return {
    usage: podUsage((template ?? {}) as PodShape, terms),
    fewest: wholeNumber(scaler?.minReplicas, replicas),
    most: wholeNumber(scaler?.maxReplicas, replicas),
    surges:
      object.kind === 'Deployment' &&
      at(spec, 'strategy', 'type') !== 'Recreate',
  };
}

/** What an object uses of a quota when all its Pods run. @internal */
export function usageOf(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  terms: Pick<PlanTerms, 'defaultLimits'>,
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
    ...(object.kind === 'Service' &&
    (object.spec as Fields | undefined)?.type === 'LoadBalancer'
      ? [count('services.loadbalancers', 1)]
      : []),
  ];
  return sum([counted]);
}

/** The sizes of the disks that an object asks for. @internal */
export function claimsOf(object: KubernetesObject): Quantity[] {
  const spec = object.spec as Fields | undefined;
  if (object.kind === 'PersistentVolumeClaim') {
    return [sizeOf(spec as ClaimShape)];
  }
  if (object.kind !== 'StatefulSet') {
    return [];
  }
  const templates = (spec?.volumeClaimTemplates ?? []) as Array<{
    spec?: ClaimShape;
  }>;
  const replicas = wholeNumber(spec?.replicas, 1);
  return templates.flatMap(template =>
    Array.from({ length: replicas }, () => sizeOf(template.spec ?? {})),
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
function podUsage(
  pod: PodShape,
  { defaultLimits }: Pick<PlanTerms, 'defaultLimits'>,
): Usage {
  const each = (containers: ContainerShape[] = []) =>
    containers.map(container => containerUsage(container, defaultLimits));
  const running = sum(each(pod.containers));
  const usage = new Map(running);
  for (const init of each(pod.initContainers)) {
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
  { resources }: ContainerShape,
  defaults: PlanTerms['defaultLimits'],
): Usage {
  const limits = { ...defaults, ...resources?.limits };
  // Kubernetes takes the limit for the request where only a limit is stated.
  const requests = { ...resources?.limits, ...resources?.requests };
  return new Map([
    ...quantities('limits', limits, ['cpu', 'memory']),
    ...quantities('requests', requests),
  ]);
}

function quantities(
  prefix: string,
  amounts: Record<string, string | number | undefined>,
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

function sizeOf(claim: ClaimShape): Quantity {
  return quantityOf(claim.resources?.requests?.storage ?? '0');
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

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object'
        ? (inner as Fields)[key]
        : undefined,
    value,
  );
}
