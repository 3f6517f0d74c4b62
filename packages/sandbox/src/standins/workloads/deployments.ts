import { createHash } from 'node:crypto';
import {
  JsonObject,
  canonical,
  equal,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { generatedName } from '../../apiserver/lifecycle';
import { ApiError } from '../../apiserver/status';
import { KubeObject, timestamp } from '../../apiserver/types';
import { STAND_IN, controllerRef } from '../client';
import { Controller } from '../controller';
import { StandInContext, keyOf } from '../stand-in';

const DEPLOYMENTS = 'deployments.apps';
const REPLICA_SETS = 'replicasets.apps';
const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

/** Plays the Deployment and ReplicaSet controllers. */
export class Deployments extends Controller {
  constructor(context: StandInContext) {
    super(context, {
      name: 'deployments',
      resources: [DEPLOYMENTS, REPLICA_SETS],
      parents: {
        [`Deployment/${REPLICA_SETS}`]: DEPLOYMENTS,
        'ReplicaSet/pods': REPLICA_SETS,
      },
    });
  }

  protected reconcile(resource: string, object: KubeObject): number | void {
    if (object.metadata.deletionTimestamp) return undefined;
    return resource === DEPLOYMENTS
      ? this.deployment(object)
      : this.replicaSet(object);
  }

  private deployment(deployment: KubeObject): number | void {
    const { client } = this.context;
    const hash = templateHash(objectAt(deployment, 'spec', 'template') ?? {});
    const sets = client.owned(REPLICA_SETS, deployment);
    const current =
      sets.find(one => one.metadata.labels?.[HASH] === hash) ??
      this.newSet(deployment, hash, sets);
    const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
    this.revise(deployment, current, sets);
    this.scale(current, wanted);
    const ready = numberAt(current, 'status', 'readyReplicas') ?? 0;
    // The old Pods go when the new ones are ready: a rollout that can't start leaves the old ones serving.
    const old = sets.filter(one => one.metadata.uid !== current.metadata.uid);
    const recreate =
      stringAt(deployment, 'spec', 'strategy', 'type') === 'Recreate';
    if (ready >= wanted || recreate) old.forEach(one => this.scale(one, 0));
    this.forget(deployment, old);
    return this.deploymentStatus(
      deployment,
      client.owned(REPLICA_SETS, deployment),
      current,
    );
  }

  private newSet(
    deployment: KubeObject,
    hash: string,
    sets: KubeObject[],
  ): KubeObject {
    const { client, events } = this.context;
    const spec = objectAt(deployment, 'spec') ?? {};
    const template = objectAt(spec, 'template') ?? {};
    const labels = {
      ...objectAt(template, 'metadata', 'labels'),
      [HASH]: hash,
    };
    const name = `${deployment.metadata.name}-${hash}`;
    const replicas = numberAt(spec, 'replicas') ?? 1;
    const created = client.create(REPLICA_SETS, deployment.metadata.namespace, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        labels,
        annotations: {
          [REVISION]: String(lastRevision(sets) + 1),
          [STAND_IN]: 'true',
        },
        ownerReferences: [controllerRef(deployment)],
      },
      spec: {
        replicas,
        selector: {
          matchLabels: {
            ...objectAt(spec, 'selector', 'matchLabels'),
            [HASH]: hash,
          },
        },
        template: {
          ...template,
          metadata: { ...objectAt(template, 'metadata'), labels },
        },
      },
    });
    events.record(
      deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled up replica set ${name} from 0 to ${replicas}`,
    );
    return created;
  }

  /** The set in use has the highest revision; the Deployment shows it. */
  private revise(
    deployment: KubeObject,
    current: KubeObject,
    sets: KubeObject[],
  ): void {
    const { client } = this.context;
    const { namespace } = deployment.metadata;
    const others = lastRevision(
      sets.filter(one => one.metadata.uid !== current.metadata.uid),
    );
    let revision = Number(current.metadata.annotations?.[REVISION] ?? 0);
    if (revision <= others) {
      revision = others + 1;
      client.patch(REPLICA_SETS, namespace, current.metadata.name, 'merge', {
        metadata: { annotations: { [REVISION]: String(revision) } },
      });
    }
    if (deployment.metadata.annotations?.[REVISION] === String(revision))
      return;
    client.patch(DEPLOYMENTS, namespace, deployment.metadata.name, 'merge', {
      metadata: { annotations: { [REVISION]: String(revision) } },
    });
  }

  private scale(set: KubeObject, replicas: number): void {
    if (numberAt(set, 'spec', 'replicas') === replicas) return;
    this.context.client.patch(
      REPLICA_SETS,
      set.metadata.namespace,
      set.metadata.name,
      'merge',
      { spec: { replicas } },
    );
  }

  private forget(deployment: KubeObject, old: KubeObject[]): void {
    const limit = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10;
    const unused = old.filter(
      one =>
        !numberAt(one, 'spec', 'replicas') &&
        !numberAt(one, 'status', 'replicas'),
    );
    unused.sort((a, b) => lastRevision([b]) - lastRevision([a]));
    for (const one of unused.slice(limit))
      this.context.client.delete(
        REPLICA_SETS,
        one.metadata.namespace,
        one.metadata.name,
      );
  }

  private deploymentStatus(
    stale: KubeObject,
    sets: KubeObject[],
    current: KubeObject,
  ): number | void {
    const { client, clock } = this.context;
    const deployment = client.get(
      DEPLOYMENTS,
      stale.metadata.namespace,
      stale.metadata.name,
    );
    if (!deployment) return undefined;
    const sum = (name: string) =>
      sets.reduce(
        (total, one) => total + (numberAt(one, 'status', name) ?? 0),
        0,
      );
    const mine = sets.find(one => one.metadata.uid === current.metadata.uid);
    const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1;
    const available = sum('availableReplicas');
    const updated = numberAt(mine, 'status', 'replicas') ?? 0;
    const complete =
      updated === wanted && sum('replicas') === wanted && available >= wanted;
    const deadline =
      (numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600) * 1000;
    const begun = Date.parse(current.metadata.creationTimestamp!);
    const late = !complete && clock().getTime() - begun > deadline;
    const progress = rollout(current.metadata.name, complete, late);
    const enough = available >= wanted;
    const conditions = [
      this.condition(
        deployment,
        'Available',
        enough,
        enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        enough
          ? 'Deployment has minimum availability.'
          : 'Deployment does not have minimum availability.',
      ),
      this.condition(deployment, 'Progressing', ...progress),
    ];
    const status: JsonObject = {
      observedGeneration: deployment.metadata.generation,
      ...counts({
        replicas: sum('replicas'),
        updatedReplicas: updated,
        readyReplicas: sum('readyReplicas'),
        availableReplicas: available,
        unavailableReplicas: Math.max(0, wanted - available),
      }),
      conditions,
    };
    if (!equal(status, deployment.status))
      client.updateStatus(DEPLOYMENTS, deployment, status);
    return complete || late
      ? undefined
      : Math.max(1000, begun + deadline - clock().getTime());
  }

  private condition(
    object: KubeObject,
    type: string,
    ok: boolean,
    reason: string,
    message: string,
  ): JsonObject {
    const status = ok ? 'True' : 'False';
    const before = objectsAt(object, 'status', 'conditions').find(
      one => one.type === type,
    );
    if (
      before &&
      before.status === status &&
      before.reason === reason &&
      before.message === message
    )
      return before;
    const now = timestamp(this.context.clock());
    const lastTransitionTime =
      before?.status === status ? before.lastTransitionTime : now;
    return {
      type,
      status,
      lastUpdateTime: now,
      lastTransitionTime,
      reason,
      message,
    };
  }

  private replicaSet(set: KubeObject): void {
    const { client, events } = this.context;
    const { namespace, name } = set.metadata;
    const pods = client
      .owned('pods', set)
      .filter(one => !one.metadata.deletionTimestamp);
    const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
    const template = objectAt(set, 'spec', 'template') ?? {};
    let refused: string | undefined;
    for (let count = pods.length; count < wanted && !refused; count += 1) {
      try {
        pods.push(
          client.create('pods', namespace, {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: {
              ...objectAt(template, 'metadata'),
              annotations: {
                ...objectAt(template, 'metadata', 'annotations'),
                [STAND_IN]: 'true',
              },
              name: generatedName(`${name}-`),
              generateName: `${name}-`,
              ownerReferences: [controllerRef(set)],
            },
            spec: objectAt(template, 'spec'),
          }),
        );
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 403) throw error;
        refused = error.message;
        events.record(
          set,
          'Warning',
          'FailedCreate',
          `Error creating: ${refused}`,
        );
      }
    }
    // The ones that aren't ready go first.
    const order = [...pods].sort(
      (a, b) => Number(isReady(a)) - Number(isReady(b)),
    );
    for (const pod of order.slice(0, Math.max(0, pods.length - wanted)))
      client.delete('pods', namespace, pod.metadata.name);
    const left = client
      .owned('pods', set)
      .filter(one => !one.metadata.deletionTimestamp);
    const ready = left.filter(isReady).length;
    const status: JsonObject = {
      observedGeneration: set.metadata.generation,
      replicas: left.length,
      ...counts({
        fullyLabeledReplicas: left.length,
        readyReplicas: ready,
        availableReplicas: ready,
      }),
      ...(refused
        ? {
            conditions: [
              this.condition(
                set,
                'ReplicaFailure',
                true,
                'FailedCreate',
                refused,
              ),
            ].map(({ lastUpdateTime, ...rest }) => rest),
          }
        : {}),
    };
    if (!equal(status, set.status))
      client.updateStatus(REPLICA_SETS, set, status);
    if (refused) this.loop.add(keyOf(REPLICA_SETS, set), 5000);
  }
}

/** The state of a rollout, as the arguments of its condition. */
function rollout(
  set: string,
  complete: boolean,
  late: boolean,
): [boolean, string, string] {
  const subject = `ReplicaSet "${set}"`;
  if (complete) {
    const message = `${subject} has successfully progressed.`;
    return [true, 'NewReplicaSetAvailable', message];
  }
  if (late) {
    const message = `${subject} has timed out progressing.`;
    return [false, 'ProgressDeadlineExceeded', message];
  }
  return [true, 'ReplicaSetUpdated', `${subject} is progressing.`];
}

export function isReady(pod: KubeObject): boolean {
  return objectsAt(pod, 'status', 'conditions').some(
    one => one.type === 'Ready' && one.status === 'True',
  );
}

/** Counts of zero are left out, as Kubernetes' types do. */
export function counts(values: Record<string, number>): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value > 0),
  );
}

function lastRevision(sets: KubeObject[]): number {
  return Math.max(
    0,
    ...sets.map(one => Number(one.metadata.annotations?.[REVISION] ?? 0)),
  );
}

export function templateHash(template: JsonObject): string {
  return createHash('sha256')
    .update(canonical(template))
    .digest('hex')
    .slice(0, 10);
}
