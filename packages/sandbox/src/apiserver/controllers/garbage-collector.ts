import { Api, internalContext } from '../api';
import { FOREGROUND, ORPHAN, Propagation } from '../deletion';
import { StoreEvent, objectKey } from '../store';
import { KubeObject, User } from '../types';
import { Turnstile } from './turnstile';

const COLLECTOR: User = {
  name: 'system:serviceaccount:kube-system:generic-garbage-collector',
  groups: ['system:masters'],
};

interface Place {
  resource: string;
  namespace?: string;
  name: string;
}

/** Deletes what belongs to owners that are gone; carries out foreground deletion and orphaning. */
export class GarbageCollector {
  private readonly owners = new Map<string, Place>();
  private readonly dependents = new Map<string, Map<string, Place>>();
  private readonly turnstile: Turnstile<string>;
  private readonly context = internalContext(
    COLLECTOR,
    'kube-controller-manager',
  );

  constructor(
    private readonly api: Api,
    onError: (error: Error) => void,
  ) {
    this.turnstile = new Turnstile(uid => this.visit(uid), onError);
  }

  /** Reads what is there, then follows every change. */
  start(): () => void {
    for (const resource of this.api.store.resources()) {
      for (const object of this.api.store.list(resource))
        this.learn(resource, object);
    }
    for (const uid of [...this.owners.keys(), ...this.dependents.keys()])
      this.turnstile.add(uid);
    const unsubscribe = this.api.store.subscribe(event => this.observe(event));
    return () => {
      unsubscribe();
      this.turnstile.stop();
    };
  }

  private observe({ type, resource, object, previous }: StoreEvent): void {
    const { uid, ownerReferences = [] } = object.metadata;
    for (const owner of previous?.metadata.ownerReferences ?? []) {
      this.dependents.get(owner.uid)?.delete(placeKey(resource, object));
    }
    if (type === 'DELETED') {
      this.owners.delete(uid!);
      for (const owner of ownerReferences) this.turnstile.add(owner.uid);
      if (this.dependents.get(uid!)?.size) this.turnstile.add(uid!);
      else this.dependents.delete(uid!);
      return;
    }
    this.learn(resource, object);
    if (object.metadata.deletionTimestamp) this.turnstile.add(uid!);
    for (const owner of ownerReferences) {
      if (!this.owners.has(owner.uid)) this.turnstile.add(owner.uid);
    }
  }

  private learn(resource: string, object: KubeObject): void {
    const { uid, namespace, name, ownerReferences = [] } = object.metadata;
    const place = { resource, namespace, name };
    this.owners.set(uid!, place);
    for (const owner of ownerReferences) {
      const known = this.dependents.get(owner.uid) ?? new Map<string, Place>();
      known.set(placeKey(resource, object), place);
      this.dependents.set(owner.uid, known);
    }
  }

  private visit(uid: string): void {
    const place = this.owners.get(uid);
    const owner =
      place && this.api.store.get(place.resource, place.namespace, place.name);
    const dependents = [...(this.dependents.get(uid)?.values() ?? [])];
    if (!owner) {
      for (const one of dependents) this.disown(one, uid, 'Background');
      return;
    }
    const finalizers = owner.metadata.finalizers ?? [];
    if (!owner.metadata.deletionTimestamp) return;
    if (finalizers.includes(ORPHAN)) {
      for (const one of dependents) this.dropReference(one, uid);
      this.removeFinalizer(place, ORPHAN);
    } else if (finalizers.includes(FOREGROUND)) {
      for (const one of dependents) this.disown(one, uid, 'Foreground');
      const left = [...(this.dependents.get(uid)?.values() ?? [])].filter(
        one => {
          const object = this.api.store.get(
            one.resource,
            one.namespace,
            one.name,
          );
          return object?.metadata.ownerReferences?.some(
            ref => ref.uid === uid && ref.blockOwnerDeletion,
          );
        },
      );
      if (!left.length) this.removeFinalizer(place, FOREGROUND);
    }
  }

  /** A dependent goes with its last owner. */
  private disown(place: Place, uid: string, policy: Propagation): void {
    const kind = this.api.kinds.findResource(place.resource);
    const object = this.api.store.get(
      place.resource,
      place.namespace,
      place.name,
    );
    if (!kind || !object || object.metadata.deletionTimestamp) return;
    const others = (object.metadata.ownerReferences ?? []).filter(
      one => one.uid !== uid && this.owners.has(one.uid),
    );
    if (others.length && policy === 'Background') {
      this.dropReference(place, uid);
    } else if (!others.length) {
      this.api.delete(
        kind,
        place.namespace,
        place.name,
        {
          propagationPolicy: policy,
          preconditions: { uid: object.metadata.uid },
        },
        this.context,
      );
    }
  }

  private dropReference(place: Place, uid: string): void {
    const object = this.api.store.get(
      place.resource,
      place.namespace,
      place.name,
    );
    if (!object) return;
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter(
      one => one.uid !== uid,
    );
    const { ownerReferences: _, ...rest } = object.metadata;
    const metadata = ownerReferences.length
      ? { ...rest, ownerReferences }
      : rest;
    this.api.store.put(place.resource, { ...object, metadata });
  }

  private removeFinalizer(place: Place, finalizer: string): void {
    const kind = this.api.kinds.findResource(place.resource);
    const object = this.api.store.get(
      place.resource,
      place.namespace,
      place.name,
    );
    if (!kind || !object) return;
    this.api.settle(kind, {
      ...object,
      metadata: {
        ...object.metadata,
        finalizers: object.metadata.finalizers?.filter(
          one => one !== finalizer,
        ),
      },
    });
  }
}

function placeKey(resource: string, object: KubeObject): string {
  return `${resource}|${objectKey(object.metadata.namespace, object.metadata.name)}`;
}
