import {
  JsonObject,
  equal,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { ApiError } from '../../apiserver/status';
import { KubeObject } from '../../apiserver/types';
import { STAND_IN, controllerRef } from '../client';
import { Controller } from '../controller';
import { StandInContext, keyOf } from '../stand-in';
import { counts, isReady, templateHash } from './deployments';

const STATEFUL_SETS = 'statefulsets.apps';
const CLAIMS = 'persistentvolumeclaims';
const REVISION_LABEL = 'controller-revision-hash';

/** Plays the StatefulSet controller. */
export class StatefulSets extends Controller {
  constructor(context: StandInContext) {
    super(context, {
      name: 'stateful-sets',
      resources: [STATEFUL_SETS],
      parents: { 'StatefulSet/pods': STATEFUL_SETS },
    });
  }

  protected reconcile(_: string, set: KubeObject): void {
    if (!set.metadata.deletionTimestamp) this.statefulSet(set);
  }

  private statefulSet(set: KubeObject): void {
    const { client } = this.context;
    const { namespace, name } = set.metadata;
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const revision = `${name}-${templateHash(objectAt(set, 'spec', 'template') ?? {})}`;
    const parallel =
      stringAt(set, 'spec', 'podManagementPolicy') === 'Parallel';
    let refused: string | undefined;
    for (let ordinal = 0; ordinal < wanted && !refused; ordinal += 1) {
      const pod = client.get('pods', namespace, `${name}-${ordinal}`);
      if (!pod) {
        refused = this.createPod(set, ordinal, revision);
        if (!parallel) break;
      } else if (
        pod.metadata.labels?.[REVISION_LABEL] !== revision &&
        !pod.metadata.deletionTimestamp
      ) {
        if (stringAt(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete')
          client.delete('pods', namespace, pod.metadata.name);
        break;
      } else if (!parallel && !isReady(pod)) {
        break;
      }
    }
    for (const pod of client.owned('pods', set)) {
      const ordinal = Number(pod.metadata.name.slice(name.length + 1));
      if (ordinal >= wanted && !pod.metadata.deletionTimestamp)
        client.delete('pods', namespace, pod.metadata.name);
    }
    const pods = client
      .owned('pods', set)
      .filter(one => !one.metadata.deletionTimestamp);
    const ready = pods.filter(isReady).length;
    const updated = pods.filter(
      one => one.metadata.labels?.[REVISION_LABEL] === revision,
    ).length;
    const done = updated === wanted && ready === wanted;
    const status: JsonObject = {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      availableReplicas: ready,
      ...counts({
        readyReplicas: ready,
        currentReplicas: done ? pods.length : updated,
        updatedReplicas: updated,
      }),
      currentRevision: done
        ? revision
        : (stringAt(set, 'status', 'currentRevision') ?? revision),
      updateRevision: revision,
      collisionCount: 0,
    };
    if (!equal(status, set.status))
      client.updateStatus(STATEFUL_SETS, set, status);
    if (refused) this.loop.add(keyOf(STATEFUL_SETS, set), 5000);
  }

  private createPod(
    set: KubeObject,
    ordinal: number,
    revision: string,
  ): string | undefined {
    const { client, events } = this.context;
    const { namespace } = set.metadata;
    const name = `${set.metadata.name}-${ordinal}`;
    const template = objectAt(set, 'spec', 'template') ?? {};
    const volumes: JsonObject[] = [];
    try {
      for (const claim of objectsAt(set, 'spec', 'volumeClaimTemplates')) {
        const claimName = `${String(objectAt(claim, 'metadata')?.name)}-${name}`;
        volumes.push({
          name: objectAt(claim, 'metadata')?.name,
          persistentVolumeClaim: { claimName },
        });
        client.ensure(CLAIMS, namespace, {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: {
            ...objectAt(claim, 'metadata'),
            name: claimName,
            labels: {
              ...objectAt(set, 'spec', 'selector', 'matchLabels'),
              ...objectAt(claim, 'metadata', 'labels'),
            },
          },
          spec: objectAt(claim, 'spec'),
        });
      }
      const spec = objectAt(template, 'spec') ?? {};
      client.create('pods', namespace, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name,
          labels: {
            ...objectAt(template, 'metadata', 'labels'),
            [REVISION_LABEL]: revision,
            'statefulset.kubernetes.io/pod-name': name,
            'apps.kubernetes.io/pod-index': String(ordinal),
          },
          annotations: {
            ...objectAt(template, 'metadata', 'annotations'),
            [STAND_IN]: 'true',
          },
          ownerReferences: [controllerRef(set)],
        },
        spec: {
          ...spec,
          hostname: name,
          subdomain: stringAt(set, 'spec', 'serviceName'),
          volumes: [...objectsAt(spec, 'volumes'), ...volumes],
        },
      });
      events.record(
        set,
        'Normal',
        'SuccessfulCreate',
        `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 403) throw error;
      events.record(
        set,
        'Warning',
        'FailedCreate',
        `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`,
      );
      return error.message;
    }
  }
}
