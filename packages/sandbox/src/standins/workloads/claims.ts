import { objectAt, stringAt } from '../../apiserver/json';
import { KubeObject } from '../../apiserver/types';
import { STAND_IN } from '../client';
import { Controller } from '../controller';
import { StandInContext } from '../stand-in';

const CLAIMS = 'persistentvolumeclaims';

/** Plays the provisioner that binds claims. */
export class Claims extends Controller {
  constructor(context: StandInContext) {
    super(context, { name: 'claims', resources: [CLAIMS], parents: {} });
  }

  protected reconcile(_: string, claim: KubeObject): void {
    if (claim.metadata.deletionTimestamp) return;
    if (stringAt(claim, 'status', 'phase') !== 'Bound') this.bind(claim);
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
}
