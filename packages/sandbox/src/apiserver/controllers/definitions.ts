import { Api, internalContext } from '../api';
import { establishedStatus } from '../crd';
import { equal, objectAt } from '../json';
import { StoreEvent } from '../store';
import { KubeObject, User } from '../types';
import { Turnstile } from './turnstile';

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';
const CONTROLLER: User = {
  name: 'system:apiserver',
  groups: ['system:masters'],
};

/** Serves what custom resource definitions define; takes the instances away before a definition goes. */
export class DefinitionController {
  private readonly turnstile: Turnstile<string>;
  private readonly context = internalContext(CONTROLLER, 'kube-apiserver');

  constructor(
    private readonly api: Api,
    onError: (error: Error) => void,
  ) {
    this.turnstile = new Turnstile(name => this.visit(name), onError);
  }

  start(): () => void {
    for (const crd of this.api.store.list(DEFINITIONS)) {
      this.api.kinds.define(crd, this.api.store.revision);
      this.turnstile.add(crd.metadata.name);
    }
    const unsubscribe = this.api.store.subscribe(event => this.observe(event));
    return () => {
      unsubscribe();
      this.turnstile.stop();
    };
  }

  private observe({ type, resource, object }: StoreEvent): void {
    if (resource !== DEFINITIONS) {
      const crd = this.api.store.get(DEFINITIONS, undefined, resource);
      if (crd?.metadata.deletionTimestamp) this.turnstile.add(resource);
    } else if (type === 'DELETED') {
      this.api.kinds.forget(object.metadata.name);
    } else {
      // Served at once; that it is established is told a moment later, as clients wait for that.
      if (!object.metadata.deletionTimestamp)
        this.api.kinds.define(object, this.api.store.revision);
      this.turnstile.add(object.metadata.name);
    }
  }

  private visit(name: string): void {
    const crd = this.api.store.get(DEFINITIONS, undefined, name);
    if (!crd) return;
    if (crd.metadata.deletionTimestamp) {
      this.cleanUp(crd);
      return;
    }
    const finalizers = crd.metadata.finalizers ?? [];
    const wanted = finalizers.includes(CLEANUP)
      ? finalizers
      : [...finalizers, CLEANUP];
    const status = establishedStatus(crd, this.api.clock());
    if (wanted === finalizers && equal(status, crd.status)) return;
    this.api.store.put(DEFINITIONS, {
      ...crd,
      metadata: { ...crd.metadata, finalizers: wanted },
      status,
    });
  }

  private cleanUp(crd: KubeObject): void {
    const kind = this.api.kinds.findResource(crd.metadata.name);
    if (kind) {
      for (const { metadata } of this.api.store.list(crd.metadata.name)) {
        if (!metadata.deletionTimestamp)
          this.api.delete(
            kind,
            metadata.namespace,
            metadata.name,
            {},
            this.context,
          );
      }
    }
    if (this.api.store.list(crd.metadata.name).length) return;
    const definitions = this.api.kinds.findResource(DEFINITIONS)!;
    const finalizers = crd.metadata.finalizers?.filter(one => one !== CLEANUP);
    this.api.settle(definitions, {
      ...crd,
      status: objectAt(crd, 'status') ?? {},
      metadata: { ...crd.metadata, finalizers },
    });
  }
}
