import { CLAIM_PROTECTION } from '../../apiserver/admission/limits';
import { objectAt, objectsAt, stringAt } from '../../apiserver/json';
import { KubeObject } from '../../apiserver/types';
import { STAND_IN } from '../client';
import { Controller } from '../controller';
import { StandInContext } from '../stand-in';

const CLAIMS = 'persistentvolumeclaims';
const USE_CHECK_MS = 250;

/** Plays the provisioner that binds claims, and the controller that protects those in use. */
export class Claims extends Controller {
  constructor(context: StandInContext) {
    super(context, { name: 'claims', resources: [CLAIMS], parents: {} });
  }

  protected reconcile(_: string, claim: KubeObject): number | void {
    if (claim.metadata.deletionTimestamp) return this.release(claim);
    if (stringAt(claim, 'status', 'phase') !== 'Bound') this.bind(claim);
    return undefined;
  }

  /** There are no volumes: a claim is bound at once to one that exists by name alone. */
  private bind(claim: KubeObject): void {
    const { client, events } = this.context;
    const { namespace, name, uid } = claim.metadata;
    const annotations = {
      ...claim.metadata.annotations,
      'volume.kubernetes.io/storage-provisioner': 'sandbox',
      [STAND_IN]: 'true',
    };
    const updated = client.update(CLAIMS, {
      ...claim,
      metadata: { ...claim.metadata, annotations },
      spec: { ...objectAt(claim, 'spec'), volumeName: `pvc-${uid}` },
    });
    client.updateStatus(CLAIMS, updated, {
      phase: 'Bound',
      accessModes: objectAt(updated, 'spec')?.accessModes,
      capacity: {
        storage: stringAt(updated, 'spec', 'resources', 'requests', 'storage'),
      },
    });
    events.record(
      updated,
      'Normal',
      'ProvisioningSucceeded',
      `Bound ${namespace}/${name} to a volume that the sandbox only names`,
    );
  }

  private release(claim: KubeObject): number | void {
    const { client } = this.context;
    const { namespace, name, finalizers = [] } = claim.metadata;
    if (!finalizers.includes(CLAIM_PROTECTION)) return undefined;
    const used = client
      .list('pods', namespace)
      .some(pod =>
        objectsAt(pod, 'spec', 'volumes').some(
          one => stringAt(one, 'persistentVolumeClaim', 'claimName') === name,
        ),
      );
    if (used) return USE_CHECK_MS;
    client.update(CLAIMS, {
      ...claim,
      metadata: {
        ...claim.metadata,
        finalizers: finalizers.filter(one => one !== CLAIM_PROTECTION),
      },
    });
    return undefined;
  }
}
