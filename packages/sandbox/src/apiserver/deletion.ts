import { isObject, numberAt, objectAt, stringAt } from './json';
import { ResourceKind, resourceName } from './kinds';
import { badRequest, conflict } from './status';
import { Store } from './store';
import { Clock, KubeObject, timestamp } from './types';

export type Propagation = 'Foreground' | 'Background' | 'Orphan';

export interface DeleteOptions {
  propagationPolicy?: Propagation;
  gracePeriodSeconds?: number;
  preconditions?: { uid?: string; resourceVersion?: string };
}

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

export function parseDeleteOptions(
  body: unknown,
  query: URLSearchParams,
): DeleteOptions {
  const sent = isObject(body) ? body : {};
  const policy =
    stringAt(sent, 'propagationPolicy') ??
    query.get('propagationPolicy') ??
    undefined;
  const grace =
    numberAt(sent, 'gracePeriodSeconds') ??
    query.get('gracePeriodSeconds') ??
    undefined;
  const legacy =
    sent.orphanDependents ?? query.get('orphanDependents') ?? undefined;
  if (
    policy !== undefined &&
    !['Foreground', 'Background', 'Orphan'].includes(policy)
  ) {
    throw badRequest(
      `invalid propagationPolicy "${policy}"; allowed: Foreground, Background, Orphan`,
    );
  }
  return {
    propagationPolicy: (policy ??
      (String(legacy) === 'true' ? 'Orphan' : undefined)) as
      Propagation | undefined,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
    preconditions: objectAt(
      sent,
      'preconditions',
    ) as DeleteOptions['preconditions'],
  };
}

/** What DELETE does: at once when nothing holds the object, else a mark and the waiting for its finalizers. */
export class Deletion {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  delete(
    kind: ResourceKind,
    live: KubeObject,
    options: DeleteOptions,
    dryRun: boolean,
  ): { object: KubeObject; gone: boolean } {
    this.checkPreconditions(kind, live, options);
    const grace = this.gracePeriod(kind, live, options);
    const finalizers = new Set(live.metadata.finalizers ?? []);
    if (options.propagationPolicy === 'Foreground') finalizers.add(FOREGROUND);
    if (options.propagationPolicy === 'Orphan') finalizers.add(ORPHAN);
    if (options.propagationPolicy === 'Foreground') finalizers.delete(ORPHAN);
    if (
      options.propagationPolicy === 'Orphan' ||
      options.propagationPolicy === 'Background'
    )
      finalizers.delete(FOREGROUND);
    const held =
      finalizers.size > 0 || grace > 0 || this.hasContent(kind, live);
    if (!held) {
      if (dryRun) return { object: live, gone: true };
      const { namespace, name } = live.metadata;
      return {
        object: this.store.remove(resourceName(kind), namespace, name) ?? live,
        gone: true,
      };
    }
    const already = live.metadata.deletionTimestamp;
    const metadata = {
      ...live.metadata,
      deletionTimestamp:
        already ?? timestamp(new Date(this.clock().getTime() + grace * 1000)),
      deletionGracePeriodSeconds: Math.min(
        grace,
        live.metadata.deletionGracePeriodSeconds ?? grace,
      ),
      ...(finalizers.size ? { finalizers: [...finalizers] } : {}),
    };
    if (!finalizers.size) delete metadata.finalizers;
    if (kind.generation && !already && metadata.generation !== undefined)
      metadata.generation += 1;
    const next: KubeObject = { ...live, metadata };
    if (resourceName(kind) === 'namespaces')
      next.status = { ...objectAt(live, 'status'), phase: 'Terminating' };
    if (dryRun || JSON.stringify(next) === JSON.stringify(live))
      return { object: next, gone: false };
    return { object: this.store.put(resourceName(kind), next), gone: false };
  }

  /** Lets an object go whose last finalizer was removed. */
  finish(kind: ResourceKind, object: KubeObject): KubeObject {
    const {
      deletionTimestamp,
      deletionGracePeriodSeconds,
      finalizers,
      namespace,
      name,
    } = object.metadata;
    if (
      !deletionTimestamp ||
      finalizers?.length ||
      (deletionGracePeriodSeconds ?? 0) > 0
    )
      return object;
    if (this.hasContent(kind, object)) return object;
    this.store.remove(resourceName(kind), namespace, name);
    return object;
  }

  /** A namespace's own finalizer stands in its spec. */
  private hasContent(kind: ResourceKind, object: KubeObject): boolean {
    const own = objectAt(object, 'spec')?.finalizers;
    return (
      resourceName(kind) === 'namespaces' &&
      Array.isArray(own) &&
      own.length > 0
    );
  }

  /** Only a Pod on a node has somebody who stops it in its grace period. */
  private gracePeriod(
    kind: ResourceKind,
    live: KubeObject,
    options: DeleteOptions,
  ): number {
    if (resourceName(kind) !== 'pods' || !stringAt(live, 'spec', 'nodeName'))
      return 0;
    const phase = stringAt(live, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') return 0;
    return (
      options.gracePeriodSeconds ??
      numberAt(live, 'spec', 'terminationGracePeriodSeconds') ??
      30
    );
  }

  private checkPreconditions(
    kind: ResourceKind,
    live: KubeObject,
    options: DeleteOptions,
  ): void {
    const { uid, resourceVersion } = options.preconditions ?? {};
    const { name } = live.metadata;
    if (uid && uid !== live.metadata.uid) {
      throw conflict(
        kind,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
      );
    }
    if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) {
      throw conflict(
        kind,
        name,
        `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${live.metadata.resourceVersion}`,
      );
    }
  }
}
