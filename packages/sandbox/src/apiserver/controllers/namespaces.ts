import { Api, internalContext } from '../api';
import { equal, objectAt } from '../json';
import { resourceName } from '../kinds';
import { StoreEvent } from '../store';
import { KubeObject, User, timestamp } from '../types';
import { Turnstile } from './turnstile';

const CONTROLLER: User = {
  name: 'system:serviceaccount:kube-system:namespace-controller',
  groups: ['system:masters'],
};

/** Empties namespaces that are being deleted, then lets them go. */
export class NamespaceController {
  private readonly turnstile: Turnstile<string>;
  private readonly context = internalContext(
    CONTROLLER,
    'kube-controller-manager',
  );

  constructor(
    private readonly api: Api,
    onError: (error: Error) => void,
  ) {
    this.turnstile = new Turnstile(name => this.visit(name), onError);
  }

  start(): () => void {
    for (const one of this.api.store.list('namespaces'))
      this.observe({ resource: 'namespaces', object: one });
    const unsubscribe = this.api.store.subscribe(event => this.observe(event));
    return () => {
      unsubscribe();
      this.turnstile.stop();
    };
  }

  private observe({
    resource,
    object,
  }: Pick<StoreEvent, 'resource' | 'object'>): void {
    const name =
      resource === 'namespaces'
        ? object.metadata.name
        : object.metadata.namespace;
    if (
      name &&
      this.api.store.get('namespaces', undefined, name)?.metadata
        .deletionTimestamp
    )
      this.turnstile.add(name);
  }

  private visit(name: string): void {
    const namespace = this.api.store.get('namespaces', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const held = new Map<string, number>();
    let left = 0;
    const seen = new Set<string>();
    for (const kind of this.api.kinds.all()) {
      const resource = resourceName(kind);
      if (!kind.namespaced || kind.createOnly || seen.has(resource)) continue;
      seen.add(resource);
      for (const object of this.api.store.list(resource, name)) {
        if (!object.metadata.deletionTimestamp) {
          this.api.delete(
            kind,
            name,
            object.metadata.name,
            { propagationPolicy: 'Background' },
            this.context,
          );
        }
        const rest = this.api.store.get(resource, name, object.metadata.name);
        if (!rest) continue;
        left += 1;
        for (const finalizer of rest.metadata.finalizers ?? [])
          held.set(finalizer, (held.get(finalizer) ?? 0) + 1);
      }
    }
    const kind = this.api.kinds.findResource('namespaces')!;
    if (left === 0) {
      this.api.settle(kind, {
        ...namespace,
        spec: { ...objectAt(namespace, 'spec'), finalizers: [] },
      });
    } else {
      this.tell(namespace, held);
    }
  }

  /** Says which finalizers keep a namespace from going. */
  private tell(namespace: KubeObject, held: Map<string, number>): void {
    const list = [...held].map(
      ([finalizer, count]) => `${finalizer} in ${count} resource instances`,
    );
    const status = held.size ? 'True' : 'False';
    const message = held.size
      ? `Some content in the namespace has finalizers remaining: ${list.join(', ')}`
      : 'All content-preserving finalizers finished';
    const previous = objectAt(namespace, 'status', 'conditions', 0);
    if (previous?.status === status && equal(previous.message, message)) return;
    const condition = {
      type: 'NamespaceFinalizersRemaining',
      status,
      lastTransitionTime: timestamp(this.api.clock()),
      reason: held.size ? 'SomeFinalizersRemain' : 'ContentHasNoFinalizers',
      message,
    };
    this.api.store.put('namespaces', {
      ...namespace,
      status: { ...objectAt(namespace, 'status'), conditions: [condition] },
    });
  }
}
