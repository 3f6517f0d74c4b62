import { Api, PatchType, internalContext } from '../apiserver/api';
import { Propagation } from '../apiserver/deletion';
import { JsonObject } from '../apiserver/json';
import { ResourceKind, resourceName } from '../apiserver/kinds';
import { ApiError } from '../apiserver/status';
import { StoreEvent } from '../apiserver/store';
import { Clock, KubeObject, User } from '../apiserver/types';

/** An object that is about to be made. */
export interface NamedObject extends JsonObject {
  metadata: JsonObject & { name: string };
}

/** Set on everything that a stand-in makes, so that nobody takes it for the work of a real cluster. */
export const STAND_IN = 'sandbox.slipway.dev/stand-in';

/**
 * A cluster as the stand-ins see it: the verbs of its API, under a name of their own. Resources are named
 * `plural.group`.
 */
export class ClusterClient {
  private readonly user: User;

  constructor(
    private readonly api: Api,
    private readonly component: string,
  ) {
    this.user = {
      name: `system:sandbox:${component}`,
      groups: ['system:masters'],
    };
  }

  get clock(): Clock {
    return this.api.clock;
  }

  kind(resource: string): ResourceKind {
    const found = this.api.kinds.findResource(resource);
    if (!found) throw new Error(`the cluster does not serve ${resource}`);
    return found;
  }

  kindFor(apiVersion: string, kind: string): ResourceKind | undefined {
    return this.api.kinds.findKind(apiVersion, kind);
  }

  serves(resource: string): boolean {
    return this.api.kinds.findResource(resource) !== undefined;
  }

  /** Every served resource that is stored, each once. */
  resources(): ResourceKind[] {
    const byName = new Map(
      this.api.kinds
        .all()
        .filter(one => !one.createOnly)
        .map(one => [resourceName(one), one]),
    );
    return [...byName.values()];
  }

  get(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    return this.api.store.get(resource, namespace, name);
  }

  list(resource: string, namespace?: string): KubeObject[] {
    return this.api.store.list(resource, namespace);
  }

  /** The objects whose controller is the given one. */
  owned(resource: string, owner: KubeObject): KubeObject[] {
    return this.list(resource, owner.metadata.namespace).filter(one =>
      one.metadata.ownerReferences?.some(
        ref => ref.controller && ref.uid === owner.metadata.uid,
      ),
    );
  }

  create(
    resource: string,
    namespace: string | undefined,
    object: JsonObject,
  ): KubeObject {
    return this.api.create(
      this.kind(resource),
      namespace,
      object,
      this.context(),
    );
  }

  /** Creates what may be there already. */
  ensure(
    resource: string,
    namespace: string | undefined,
    object: NamedObject,
  ): void {
    if (!this.get(resource, namespace, object.metadata.name))
      this.create(resource, namespace, object);
  }

  update(resource: string, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata;
    return this.api.update(
      this.kind(resource),
      namespace,
      name,
      object,
      this.context(),
    );
  }

  /** Writes the status (or, where a kind has no such subresource, the object with it). */
  updateStatus(
    resource: string,
    object: KubeObject,
    status: JsonObject,
  ): KubeObject {
    const kind = this.kind(resource);
    const { namespace, name } = object.metadata;
    const context = kind.status
      ? { ...this.context(), subresource: 'status' }
      : this.context();
    return this.api.update(
      kind,
      namespace,
      name,
      { ...object, apiVersion: undefined, status },
      context,
    );
  }

  patch(
    resource: string,
    namespace: string | undefined,
    name: string,
    type: PatchType,
    patch: JsonObject,
  ): KubeObject {
    return this.api.patch(
      this.kind(resource),
      namespace,
      name,
      type,
      patch,
      this.context(),
    ).object;
  }

  apply(
    kind: ResourceKind,
    namespace: string | undefined,
    object: KubeObject,
    manager: string,
    dryRun = false,
  ): KubeObject {
    const context = { ...this.context(), manager, force: true, dryRun };
    return this.api.patch(
      kind,
      namespace,
      object.metadata.name,
      'apply',
      object,
      context,
    ).object;
  }

  /** Deletes what may be gone already. */
  delete(
    resource: string,
    namespace: string | undefined,
    name: string,
    options: {
      propagationPolicy?: Propagation;
      gracePeriodSeconds?: number;
    } = {},
  ): void {
    try {
      this.api.delete(
        this.kind(resource),
        namespace,
        name,
        options,
        this.context(),
      );
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 404) throw error;
    }
  }

  watch(listener: (event: StoreEvent) => void): () => void {
    return this.api.store.subscribe(listener);
  }

  private context() {
    return internalContext(this.user, `sandbox-${this.component}`, 'Ignore');
  }
}

/** The reference by which an object belongs to its controller. */
export function controllerRef(owner: KubeObject): JsonObject {
  const { apiVersion, kind, metadata } = owner;
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
