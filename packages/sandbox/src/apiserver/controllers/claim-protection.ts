import { CLAIM_PROTECTION } from '../admission/limits';
import { Api } from '../api';
import { objectsAt, stringAt } from '../json';
import { StoreEvent } from '../store';
import { Turnstile } from './turnstile';

const CLAIMS = 'persistentvolumeclaims';

/** Lets deleted claims go when no Pod uses them any more; admission put the finalizer there that holds them. */
export class ClaimProtection {
  private readonly turnstile: Turnstile<string>;

  constructor(
    private readonly api: Api,
    onError: (error: Error) => void,
  ) {
    this.turnstile = new Turnstile(key => this.visit(key), onError);
  }

  start(): () => void {
    for (const { metadata } of this.api.store.list(CLAIMS)) {
      this.turnstile.add(`${metadata.namespace}/${metadata.name}`);
    }
    const unsubscribe = this.api.store.subscribe(event => this.observe(event));
    return () => {
      unsubscribe();
      this.turnstile.stop();
    };
  }

  private observe({ type, resource, object }: StoreEvent): void {
    const { namespace, name, deletionTimestamp } = object.metadata;
    if (resource === CLAIMS && deletionTimestamp) {
      this.turnstile.add(`${namespace}/${name}`);
    }
    if (resource !== 'pods' || type !== 'DELETED') return;
    for (const volume of objectsAt(object, 'spec', 'volumes')) {
      const claim = stringAt(volume, 'persistentVolumeClaim', 'claimName');
      if (claim) this.turnstile.add(`${namespace}/${claim}`);
    }
  }

  private visit(key: string): void {
    const [namespace, name] = key.split('/');
    const claim = this.api.store.get(CLAIMS, namespace, name);
    const finalizers = claim?.metadata.finalizers ?? [];
    if (!claim?.metadata.deletionTimestamp) return;
    if (!finalizers.includes(CLAIM_PROTECTION)) return;
    const used = this.api.store
      .list('pods', namespace)
      .some(pod =>
        objectsAt(pod, 'spec', 'volumes').some(
          one => stringAt(one, 'persistentVolumeClaim', 'claimName') === name,
        ),
      );
    if (used) return;
    const rest = finalizers.filter(one => one !== CLAIM_PROTECTION);
    this.api.settle(this.api.kinds.findResource(CLAIMS)!, {
      ...claim,
      metadata: { ...claim.metadata, finalizers: rest },
    });
  }
}
